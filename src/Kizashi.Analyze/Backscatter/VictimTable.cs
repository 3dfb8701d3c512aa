using Kizashi.Analyze.State;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Backscatter;

/// <summary>
/// The attack vectors of one shard: found by victim and protocol, bounded in number, the smallest given up first.
/// </summary>
internal sealed unsafe class VictimTable(VictimOptions options, int most)
{
    private const int EvictSegment = 4096;

    private readonly TagIndex _index = new();
    private int _evictAt;

    public EntryPool<AttackVector> Entries { get; } = new();

    /// <summary>Which batches carried the vectors that have enough packets for an attack.</summary>
    public Dictionary<int, (int Count, int Ordinal, BatchTrail Trail)> Batches { get; } = [];

    public long Evicted { get; private set; }

    public long Refused { get; private set; }

    public ref AttackVector At(int number) => ref *Entries.At(number);

    public void PrefetchHome(uint hash) => Prefetch.Line(_index.Slots + _index.Home(hash));

    public int Find(UInt128 victim, byte protocol, uint hash)
    {
        var at = _index.Home(hash);
        while (true)
        {
            var slot = _index.Slots[at];
            if (slot == 0)
                return -1;

            if ((uint)(slot >> 32) == hash)
            {
                var number = (int)(uint)slot - 1;
                ref var vector = ref At(number);
                if (vector.Victim == victim && vector.Protocol == protocol)
                    return number;
            }

            at = (at + 1) & _index.Mask;
        }
    }

    public int Create(in VictimRow row, uint hash)
    {
        if (Entries.Live >= most && !MakeRoom())
        {
            Refused++;
            return -1;
        }

        var number = Entries.Take();
        ref var vector = ref At(number);
        vector.Victim = row.Victim;
        vector.Protocol = row.Protocol;
        vector.IsLive = true;
        _index.Add(hash, number);
        return number;
    }

    public void Remove(int number)
    {
        ref var vector = ref At(number);
        _index.Remove(VictimRow.HashOf(vector.Victim, vector.Protocol), number);
        vector.IsLive = false;
        Batches.Remove(number);
        Entries.Give(number);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Evicted);
        writer.Write(Refused);
        writer.Write(Entries.Live);
        for (var number = 0; number < Entries.High; number++)
        {
            if (!At(number).IsLive)
                continue;

            writer.Write(At(number));
            var isTrailed = Batches.TryGetValue(number, out var batches);
            writer.Write(isTrailed);
            if (!isTrailed)
                continue;

            writer.Write(batches.Count);
            writer.WriteSpan<UInt128>(batches.Trail);
        }
    }

    public void Load(StateReader reader)
    {
        Evicted = reader.Read<long>();
        Refused = reader.Read<long>();
        var count = reader.ReadCount(int.MaxValue);
        for (var loaded = 0; loaded < count; loaded++)
        {
            var number = Entries.Take();
            At(number) = reader.Read<AttackVector>();
            _index.Add(VictimRow.HashOf(At(number).Victim, At(number).Protocol), number);
            if (!reader.Read<bool>())
                continue;

            var batches = (Count: reader.ReadCount(int.MaxValue), Ordinal: -1, Trail: default(BatchTrail));
            reader.ReadSpan<UInt128>(BatchTrail.Capacity).CopyTo(batches.Trail);
            Batches[number] = batches;
        }
    }

    // First single packets, then whatever has too few packets for an attack. What is or may be one stays.
    private bool MakeRoom()
    {
        for (var pass = 0; pass < 2; pass++)
        {
            if (_evictAt >= Entries.High)
                _evictAt = 0;

            var end = Math.Min(Entries.High, _evictAt + EvictSegment);
            var freed = 0;
            for (var number = _evictAt; number < end; number++)
            {
                ref var vector = ref At(number);
                if (!vector.IsLive || vector.Packets > (pass == 0 ? 1 : options.MinPackets - 1))
                    continue;

                Remove(number);
                freed++;
            }

            Evicted += freed;
            if (freed == 0)
                continue;

            _evictAt = end;
            return true;
        }

        _evictAt += EvictSegment;
        return false;
    }
}
