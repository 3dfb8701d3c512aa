using Kizashi.Analyze.State;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze.Gaps;

/// <summary>What one shard has delivered and lost since the last interval.</summary>
internal sealed class GapShard
{
    private const int MostSaved = 1 << 20;

    /// <summary>By slot number.</summary>
    public SortedDictionary<long, SlotActivity> Slots { get; } = [];

    /// <summary>By minute of the batch's watermark: packets that should have been there, and those lost.</summary>
    public SortedDictionary<long, (long All, long Lost)> Losses { get; } = [];

    public bool IsSimulated { get; private set; }

    public void Observe(ObservationBatch batch)
    {
        IsSimulated |= batch.Simulated;
        Read(batch.V4);
        Read(batch.V6);
        var health = batch.Health;
        if (health.Packets + health.Dropped == 0)
            return;

        var minute = batch.WatermarkMillis / GapAnalyzer.MinuteMillis;
        var (all, lost) = Losses.GetValueOrDefault(minute);
        Losses[minute] = (all + health.Packets + health.Dropped, lost + health.Dropped + health.Late);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(IsSimulated);
        writer.WriteSpan<long>([.. Slots.Keys]);
        writer.WriteSpan<SlotActivity>([.. Slots.Values]);
        writer.WriteSpan<long>([.. Losses.Keys]);
        writer.WriteSpan<long>([.. Losses.Values.Select(loss => loss.All)]);
        writer.WriteSpan<long>([.. Losses.Values.Select(loss => loss.Lost)]);
    }

    public void Load(StateReader reader)
    {
        IsSimulated = reader.Read<bool>();
        var slots = reader.ReadSpan<long>(MostSaved);
        var activities = reader.ReadSpan<SlotActivity>(MostSaved);
        var minutes = reader.ReadSpan<long>(MostSaved);
        var all = reader.ReadSpan<long>(MostSaved);
        var lost = reader.ReadSpan<long>(MostSaved);
        if (slots.Length != activities.Length || minutes.Length != all.Length || minutes.Length != lost.Length)
            throw new InvalidDataException("the counts of a sensor's gaps do not match");

        for (var at = 0; at < slots.Length; at++)
            Slots[slots[at]] = activities[at];

        for (var at = 0; at < minutes.Length; at++)
            Losses[minutes[at]] = (all[at], lost[at]);
    }

    // Rows of a slot stand together, so the dictionary is asked once for many rows.
    private void Read<TAddress>(FlowTuples<TAddress> rows)
        where TAddress : unmanaged
    {
        var slots = rows.Slot.AsSpan(0, rows.Count);
        var packets = rows.Packets.AsSpan(0, rows.Count);
        var firsts = rows.First.AsSpan(0, rows.Count);
        var lasts = rows.Last.AsSpan(0, rows.Count);
        for (var at = 0; at < slots.Length;)
        {
            var slot = slots[at];
            var (sum, first, last) = (0L, ushort.MaxValue, ushort.MinValue);
            for (; at < slots.Length && slots[at] == slot; at++)
            {
                sum += packets[at];
                first = Math.Min(first, firsts[at]);
                last = Math.Max(last, lasts[at]);
            }

            var key = slot / FlowTuples<TAddress>.SlotSeconds;
            Slots[key] = Slots.GetValueOrDefault(key)
                .Add(new SlotActivity(sum, (slot * 1000L) + first, (slot * 1000L) + last));
        }
    }
}
