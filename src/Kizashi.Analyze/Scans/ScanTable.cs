using System.Runtime.CompilerServices;
using Kizashi.Analyze.State;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Scans;

/// <summary>
/// The events of one shard and address family: found by key, bounded in number, idle single packets given up first.
/// </summary>
internal sealed unsafe class ScanTable<TAddress>
    where TAddress : unmanaged, IEquatable<TAddress>
{
    private const int EvictSegment = 4096;
    private const int EvictEnough = EvictSegment / 4;
    private const int LastPass = 2;
    private const long EvictIdleMillis = 60_000;

    // Everything of an entry before its destinations.
    private static readonly int HeadBytes = sizeof(ScanEntry<TAddress>) - sizeof(InlineAddresses<TAddress>);

    private readonly int _most;
    private readonly int[] _cheap = new int[64];
    private int _evictAt;
    private int _evictPass;
    private bool _isFull;

    public ScanTable(int most, long destinationBytes)
    {
        _most = most;
        Arena = new SetArena(destinationBytes);
    }

    public TagIndex Index { get; } = new();

    public EntryPool<ScanEntry<TAddress>> Entries { get; } = new();

    public SetArena Arena { get; }

    /// <summary>Events given up because the table was full.</summary>
    public long Evicted { get; private set; }

    /// <summary>FlowTuples not followed because every event in the table was worth more.</summary>
    public long Refused { get; private set; }

    public EntryPool<ScanTrack<TAddress>> Tracks { get; } = new();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint HashOf(TAddress source, ushort port, byte type) =>
        (uint)(Hashing.Of(source, port | ((uint)type << 16)) >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref ScanTrack<TAddress> TrackAt(int track) => ref *Tracks.At(track);

    /// <summary>The first entry of this hash, right but for one case in many; -1 when there is none yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Likely(uint hash)
    {
        var slots = Index.Slots;
        var mask = Index.Mask;
        var at = Index.Home(hash);
        while (true)
        {
            var slot = slots[at];
            if (slot == 0)
                return -1;

            if ((uint)(slot >> 32) == hash)
                return (int)(uint)slot - 1;

            at = (at + 1) & mask;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAt(int number, in ScanRow<TAddress> row)
    {
        if (number < 0)
            return false;

        var entry = Entries.At(number);
        return entry->Source.Equals(row.Source) && entry->Port == row.Port && entry->Type == row.Type && entry->IsLive;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(TAddress source, ushort port, byte type, uint hash)
    {
        var slots = Index.Slots;
        var mask = Index.Mask;
        var at = Index.Home(hash);
        while (true)
        {
            var slot = slots[at];
            if (slot == 0)
                return -1;

            if ((uint)(slot >> 32) == hash)
            {
                var number = (int)(uint)slot - 1;
                var entry = Entries.At(number);
                if (entry->Source.Equals(source) && entry->Port == port && entry->Type == type)
                    return number;
            }

            at = (at + 1) & mask;
        }
    }

    /// <summary>A new event, or -1 when there is no room. Whatever is evicted is folded into its day first.</summary>
    public int Create(in ScanRow<TAddress> row, uint hash, SourceDayBook<TAddress> days)
    {
        if (Entries.Live >= _most && !MakeRoom(row.First, days))
        {
            Refused++;
            return -1;
        }

        var number = Entries.Take();
        var entry = Entries.At(number);
        entry->Source = row.Source;
        entry->Port = row.Port;
        entry->Type = row.Type;
        Index.Add(hash, number);
        return number;
    }

    public void Remove(int number)
    {
        var entry = Entries.At(number);
        if (entry->IsTracked)
            ReleaseTrack(entry->Track);

        Index.Remove(HashOf(entry->Source, entry->Port, entry->Type), number);
        entry->End();
        Entries.Give(number);
    }

    public int TakeTrack(int entry)
    {
        var track = Tracks.Take();
        TrackAt(track) = new ScanTrack<TAddress> { Entry = entry, Flags = TrackFlags.Used, BatchOrdinal = -1 };
        return track;
    }

    public void ReleaseTrack(int track)
    {
        ref var released = ref TrackAt(track);
        released.Destinations.Clear(Arena);
        released.Run.Clear(Arena);
        released.Flags = TrackFlags.None;
        Tracks.Give(track);
    }

    /// <summary>Asks for the lines that <see cref="Remove"/> of each event will change.</summary>
    public void PrefetchForRemoval(ReadOnlySpan<int> events)
    {
        foreach (var number in events)
        {
            var entry = Entries.At(number);
            Prefetch.Line(Index.Slots + Index.Home(HashOf(entry->Source, entry->Port, entry->Type)));
            if (entry->IsTracked)
                Prefetch.Line(Tracks.At(entry->Track));
        }
    }

    /// <summary>Lets the table look for room again.</summary>
    public void OnInterval() => _isFull = false;

    /// <summary>How many live entries come before an entry's number.</summary>
    public int LiveBefore(int number)
    {
        var live = 0;
        for (var at = 0; at < Math.Min(number, Entries.High); at++)
            live += Entries.At(at)->IsLive ? 1 : 0;

        return live;
    }

    /// <summary>Writes the live entries in their order, each with its track if it has one.</summary>
    public void Save(StateWriter writer)
    {
        writer.Write(Evicted);
        writer.Write(Refused);
        writer.Write(Entries.Live);
        for (var number = 0; number < Entries.High; number++)
        {
            var entry = Entries.At(number);
            if (!entry->IsLive)
                continue;

            writer.WriteBytes(new ReadOnlySpan<byte>(entry, HeadBytes));
            if (entry->IsTracked)
                TrackAt(entry->Track).Save(writer);
            else
                writer.WriteBytes(new ReadOnlySpan<byte>(&entry->Destinations, entry->InlineCount * sizeof(TAddress)));
        }
    }

    public void Load(StateReader reader, DarkIndex? universe)
    {
        Evicted = reader.Read<long>();
        Refused = reader.Read<long>();
        var count = reader.ReadCount(int.MaxValue);
        for (var loaded = 0; loaded < count; loaded++)
        {
            var number = Entries.Take();
            var entry = Entries.At(number);
            reader.ReadBytes(new Span<byte>(entry, HeadBytes));
            if (entry->InlineCount > InlineAddresses<TAddress>.Capacity || !entry->IsLive)
                throw new InvalidDataException("an event of impossible state");

            Index.Add(HashOf(entry->Source, entry->Port, entry->Type), number);
            if (!entry->IsTracked)
            {
                reader.ReadBytes(new Span<byte>(&entry->Destinations, entry->InlineCount * sizeof(TAddress)));
                continue;
            }

            var track = TakeTrack(number);
            TrackAt(track).Load(reader, Arena, universe);
            if (!TrackAt(track).Is(TrackFlags.Used))
                throw new InvalidDataException("an event of impossible state");

            entry->SetTrack(track);
        }
    }

    // Cheapest loss first: idle single packets, then any single packet, then events of few destinations. Never one
    // with a track: only those can meet a definition. One walk frees many, and where the cheapest were few the next walks
    // do not look for them until the table has been gone round, so that a flood pays little for each new event.
    private bool MakeRoom(long now, SourceDayBook<TAddress> days)
    {
        if (_isFull)
            return false;

        if (_evictAt >= Entries.High)
            (_evictAt, _evictPass) = (0, 0);

        var (end, freed, pass) = (Math.Min(Entries.High, _evictAt + EvictSegment), 0, _evictPass);
        for (var reached = _evictAt; ; pass++)
        {
            freed += Evict(ref reached, end, now, pass, days);
            if (freed >= EvictEnough || pass == LastPass)
            {
                _evictAt = reached;
                break;
            }

            reached = _evictAt;
        }

        _evictPass = pass;
        Evicted += freed;
        _isFull = freed == 0 && end >= Entries.High;
        return freed > 0;
    }

    private int Evict(ref int number, int end, long now, int pass, SourceDayBook<TAddress> days)
    {
        var (freed, gathered) = (0, 0);
        for (; number < end && freed + gathered < EvictEnough; number++)
        {
            if (!IsCheap(number, now, pass))
                continue;

            _cheap[gathered++] = number;
            if (gathered < _cheap.Length)
                continue;

            Free(_cheap.AsSpan(0, gathered), days);
            (freed, gathered) = (freed + gathered, 0);
        }

        Free(_cheap.AsSpan(0, gathered), days);
        return freed + gathered;
    }

    private void Free(ReadOnlySpan<int> cheap, SourceDayBook<TAddress> days)
    {
        PrefetchForRemoval(cheap);
        days.Prefetch(Entries, cheap);
        foreach (var number in cheap)
        {
            days.Fold(ref *Entries.At(number));
            Remove(number);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsCheap(int number, long now, int pass)
    {
        var entry = Entries.At(number);
        return entry->IsLive && !entry->IsTracked
            && (pass == LastPass || (entry->Packets == 1 && (pass == 1 || entry->Last < now - EvictIdleMillis)));
    }
}
