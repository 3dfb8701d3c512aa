using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Reflections;

/// <summary>Requests to one service in the names of one network, within some minutes.</summary>
internal sealed class NetworkWindow
{
    private const int MostMembers = 256;
    private const int MostPairs = 1024;

    private readonly Dictionary<Address, long> _members = [];
    private readonly HashSet<uint> _pairs = [];

    /// <summary>Milliseconds since 1970 UTC, a multiple of the window's length.</summary>
    public long Start { get; set; }

    public long Requests { get; private set; }

    public IReadOnlyDictionary<Address, long> Members => _members;

    /// <summary>Distinct pairs of who asked and who was asked, at most 1,024.</summary>
    public IReadOnlyCollection<uint> Pairs => _pairs;

    public void Take(Address member, in ReflectedRow row)
    {
        Requests += row.Requests;
        if (_members.TryGetValue(member, out var before) || _members.Count < MostMembers)
            _members[member] = before + row.Requests;

        if (_pairs.Count < MostPairs)
            _pairs.Add((uint)Tables.Hashing.Of(member.Value, row.Reflector));
    }

    public void Merge(NetworkWindow other)
    {
        Requests += other.Requests;
        foreach (var (member, requests) in other._members)
        {
            if (_members.TryGetValue(member, out var before) || _members.Count < MostMembers)
                _members[member] = before + requests;
        }

        foreach (var pair in other._pairs.Where(_ => _pairs.Count < MostPairs))
            _pairs.Add(pair);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Start);
        writer.Write(Requests);
        writer.WriteSpan<UInt128>([.. _members.Keys.Select(member => member.Value)]);
        writer.WriteSpan<long>([.. _members.Values]);
        writer.WriteSpan<uint>([.. _pairs]);
    }

    public static NetworkWindow Load(StateReader reader)
    {
        var window = new NetworkWindow { Start = reader.Read<long>(), Requests = reader.Read<long>() };
        var (members, requests) = (reader.ReadSpan<UInt128>(MostMembers), reader.ReadSpan<long>(MostMembers));
        if (members.Length != requests.Length)
            throw new InvalidDataException("the members of a network do not match");

        for (var at = 0; at < members.Length; at++)
            window._members[new Address(members[at])] = requests[at];

        window._pairs.UnionWith(reader.ReadSpan<uint>(MostPairs));
        return window;
    }
}
