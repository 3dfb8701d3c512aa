using System.Buffers;
using System.Runtime.CompilerServices;
using Kizashi.Analyze.State;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Cooperation.Activity;

/// <summary>The activities of one minute in one shard.</summary>
/// <remarks>
/// Bounded: when it is full, only groups whose hash begins with one more zero bit stay (distinct sampling, Gibbons 2001).
/// Those have been counted from the start, so what remains is exact for a known share of all groups, and the same
/// whatever the order of packets or the number of shards.
/// </remarks>
internal sealed class MinuteTable(int most)
{
    private const int Smallest = 1 << 8;
    private const int MostLevel = 32;

    private HostActivity[] _places = new HostActivity[Smallest];
    private int _mask = Smallest - 1;

    public int Count { get; private set; }

    /// <summary>One group in 2^Level is held.</summary>
    public int Level { get; private set; }

    /// <summary>Packets that were left out, by reason.</summary>
    public LeftOut LeftOut;

    /// <summary>Packets offered, those left out included.</summary>
    public long Packets;

    public static ulong HashOf(ulong source, uint port, uint shape) =>
        SketchHash.Of(source ^ SketchHash.Of(((ulong)port << 32) | shape));

    public static bool IsSampled(ulong source, int level) => level == 0 || SourceId.SampleHash(source) >> (64 - level) == 0;

    public void Prefetch(ulong hash) => Tables.Prefetch.Line(ref _places[(int)hash & _mask]);

    public void Add(in HostPacket packet, ulong hash)
    {
        if (Level > 0 && !IsSampled(packet.Source, Level))
            return;

        ref var place = ref Find(packet.Source, packet.Port, packet.Shape, hash);
        if (place.Port == 0)
        {
            if (Count >= Math.Min(most, _places.Length / 2))
            {
                if (Level == MostLevel)
                    return;

                MakeRoom();
                Add(packet, hash);
                return;
            }

            Count++;
            (place.Source, place.Port, place.Shape) = (packet.Source, packet.Port, packet.Shape);
            place.LeastDestination = packet.Destination;
        }

        place.Destinations |= 1UL << (int)(Hashing.Mix(packet.Destination) >> 58);
        place.LeastDestination = Math.Min(place.LeastDestination, packet.Destination);
        ref var count = ref place.Slots[packet.Slot];
        count = (ushort)Math.Min(ushort.MaxValue, count + packet.Packets);
    }

    /// <summary>All activities, in no order; places without port are empty.</summary>
    public ReadOnlySpan<HostActivity> Places => _places;

    /// <summary>Makes it as new, but keeps room for as much as it held: one minute is much like the next.</summary>
    public void Clear()
    {
        if (_places.Length > Math.Max(Smallest, 8 * Count))
            _places = new HostActivity[_places.Length / 2];

        Array.Clear(_places);
        _mask = _places.Length - 1;
        (Count, Level, LeftOut, Packets) = (0, 0, default, 0);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Level);
        writer.Write(LeftOut);
        writer.Write(Packets);
        writer.WriteSpan<HostActivity>([.. _places.Where(place => place.Port != 0)]);
    }

    public void Load(StateReader reader)
    {
        Level = reader.Read<int>();
        LeftOut = reader.Read<LeftOut>();
        Packets = reader.Read<long>();
        if (Level is < 0 or > MostLevel)
            throw new InvalidDataException("an impossible level of sampling");

        foreach (var activity in reader.ReadSpan<HostActivity>(most))
        {
            if (activity.Port == 0)
                throw new InvalidDataException("an activity without port");

            while (Count >= _places.Length / 2)
                Grow();

            Find(activity.Source, activity.Port, activity.Shape, HashOf(activity.Source, activity.Port, activity.Shape)) = activity;
            Count++;
        }
    }

    private void MakeRoom()
    {
        if (Count < most)
            Grow();
        else
            Keep(Level + 1);
    }

    private void Grow()
    {
        var old = _places;
        _places = new HostActivity[old.Length * 2];

        // Written in order first: a fresh page that is read before it is written is mapped twice.
        Array.Clear(_places);
        _mask = _places.Length - 1;
        Place(old);
    }

    // Those that stay wait in a borrowed place; a table made anew would be paid for page by page.
    private void Keep(int level)
    {
        Level = level;
        var staying = ArrayPool<HostActivity>.Shared.Rent(Count);
        var count = 0;
        foreach (ref readonly var activity in _places.AsSpan())
        {
            if (activity.Port != 0 && IsSampled(activity.Source, level))
                staying[count++] = activity;
        }

        Array.Clear(_places);
        Place(staying.AsSpan(0, count));
        ArrayPool<HostActivity>.Shared.Return(staying);
        Count = count;
    }

    private void Place(ReadOnlySpan<HostActivity> activities)
    {
        foreach (ref readonly var activity in activities)
        {
            if (activity.Port != 0)
                Find(activity.Source, activity.Port, activity.Shape, HashOf(activity.Source, activity.Port, activity.Shape)) = activity;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref HostActivity Find(ulong source, uint port, uint shape, ulong hash)
    {
        var at = (int)hash & _mask;
        while (true)
        {
            ref var place = ref _places[at];
            if (place.Port == 0 || (place.Source == source && place.Port == port && place.Shape == shape))
                return ref place;

            at = (at + 1) & _mask;
        }
    }
}
