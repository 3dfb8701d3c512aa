using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Reflections;

/// <summary>Requests to one service in the names of one network, within some minutes.</summary>
/// <remarks>Of its members the busiest are known ("space saving", Metwally, Agrawal and El Abbadi 2005): a newcomer takes the place and the count of the quietest, so no count is too small.</remarks>
internal sealed class NetworkWindow
{
    /// <summary>Members that are told apart.</summary>
    public const int MostMembers = 32;

    private const int MostPairs = 1024;

    private readonly HashSet<uint> _pairs = [];
    private Address[] _members = new Address[4];
    private long[] _counts = new long[4];
    private int _count;

    /// <summary>Milliseconds since 1970 UTC, a multiple of the window's length.</summary>
    public long Start { get; set; }

    public long Requests { get; private set; }

    public ReadOnlySpan<Address> Members => _members.AsSpan(0, _count);

    /// <summary>Of the busiest member, at least.</summary>
    public long MostOfOne
    {
        get
        {
            var most = 0L;
            foreach (var requests in _counts.AsSpan(0, _count))
                most = Math.Max(most, requests);

            return most;
        }
    }

    /// <summary>Distinct pairs of who asked and who was asked, at most 1,024.</summary>
    public IReadOnlyCollection<uint> Pairs => _pairs;

    public void Take(Address member, in ReflectedRow row)
    {
        Requests += row.Requests;
        Add(member, row.Requests);
        if (_pairs.Count < MostPairs)
            _pairs.Add((uint)Tables.Hashing.Of(member.Value, row.Reflector));
    }

    public void Merge(NetworkWindow other)
    {
        Requests += other.Requests;
        for (var at = 0; at < other._count; at++)
            Add(other._members[at], other._counts[at]);

        foreach (var pair in other._pairs.Where(_ => _pairs.Count < MostPairs))
            _pairs.Add(pair);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Start);
        writer.Write(Requests);
        writer.WriteSpan<Address>(Members);
        writer.WriteSpan<long>(_counts.AsSpan(0, _count));
        writer.WriteSpan<uint>([.. _pairs]);
    }

    public static NetworkWindow Load(StateReader reader)
    {
        var window = new NetworkWindow { Start = reader.Read<long>(), Requests = reader.Read<long>() };
        (window._members, window._counts) = (reader.ReadSpan<Address>(MostMembers), reader.ReadSpan<long>(MostMembers));
        window._count = window._members.Length;
        if (window._counts.Length != window._count)
            throw new InvalidDataException("the members of a network do not match");

        window._pairs.UnionWith(reader.ReadSpan<uint>(MostPairs));
        return window;
    }

    private void Add(Address member, long requests)
    {
        var at = _members.AsSpan(0, _count).IndexOf(member);
        if (at >= 0)
        {
            _counts[at] += requests;
        }
        else if (_count < MostMembers)
        {
            if (_count == _members.Length)
            {
                var room = Math.Clamp(_count * 2, 4, MostMembers);
                Array.Resize(ref _members, room);
                Array.Resize(ref _counts, room);
            }

            (_members[_count], _counts[_count]) = (member, requests);
            _count++;
        }
        else
        {
            var quietest = 0;
            for (var other = 1; other < _count; other++)
                quietest = _counts[other] < _counts[quietest] ? other : quietest;

            (_members[quietest], _counts[quietest]) = (member, _counts[quietest] + requests);
        }
    }
}
