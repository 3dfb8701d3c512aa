using System.Numerics;
using System.Runtime.InteropServices;
using Kizashi.Analyze.Tables;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze.Scans;

/// <summary>
/// Feeds a batch's FlowTuples to a shard, asking for each row's cache lines some rows before its turn.
/// </summary>
internal static unsafe class ScanReader<TAddress>
    where TAddress : unmanaged, IEquatable<TAddress>
{
    private const int Block = 8;

    // Five blocks are under way at once.
    private const int Ring = 64;
    private const int RingMask = Ring - 1;

    /// <param name="rows">Any rows; those that answer somebody are left out.</param>
    /// <param name="shard">Takes them.</param>
    /// <param name="watermark">The batch's, milliseconds.</param>
    public static void Read(FlowTuples<TAddress> rows, ScanShard<TAddress> shard, long watermark)
    {
        if (rows.Count == 0)
            return;

        if (SpanMillis(rows.Slot.AsSpan(0, rows.Count)) >= shard.ShortestSilence)
            ReadInOrder(rows, shard, watermark);
        else
            ReadAhead(rows, shard);
    }

    private static long SpanMillis(ReadOnlySpan<uint> slots)
    {
        var least = new Vector<uint>(uint.MaxValue);
        var most = Vector<uint>.Zero;
        var vectors = MemoryMarshal.Cast<uint, Vector<uint>>(slots);
        foreach (var vector in vectors)
        {
            least = Vector.Min(least, vector);
            most = Vector.Max(most, vector);
        }

        var (low, high) = (uint.MaxValue, 0u);
        for (var lane = 0; vectors.Length > 0 && lane < Vector<uint>.Count; lane++)
            (low, high) = (Math.Min(low, least[lane]), Math.Max(high, most[lane]));

        foreach (var slot in slots[(vectors.Length * Vector<uint>.Count)..])
            (low, high) = (Math.Min(low, slot), Math.Max(high, slot));

        return ((long)high - low + FlowTuples<TAddress>.SlotSeconds) * 1000;
    }

    // Rows further apart than the shortest silence could end an event before an earlier row of it is seen.
    private static void ReadInOrder(FlowTuples<TAddress> rows, ScanShard<TAddress> shard, long watermark)
    {
        var order = new int[rows.Count];
        var times = new long[rows.Count];
        for (var at = 0; at < rows.Count; at++)
            (order[at], times[at]) = (at, (rows.Slot[at] * 1000L) + rows.First[at]);

        Array.Sort(times, order);
        var columns = new ScanColumns<TAddress>(rows);
        for (var at = 0; at < order.Length; at++)
        {
            var type = columns.TypeAt(order[at]);
            if (type >= TrafficTypes.Answer)
                continue;

            shard.Settle(Math.Min(times[at], watermark));
            shard.Take(columns.RowAt(order[at], type), columns.HashAt(order[at], type));
        }
    }

    // Long on purpose: five stages, each a block of rows behind the one before, so that index, entry, track and slot
    // of a row have come from memory when its turn is there. Measured by the bench: without reading ahead it takes
    // several times as long.
    private static void ReadAhead(FlowTuples<TAddress> rows, ScanShard<TAddress> shard)
    {
        var ahead = stackalloc Ahead[Ring];
        var columns = new ScanColumns<TAddress>(rows);
        var table = shard.Table;
        int staged = 0, indexed = 0, entered = 0, tracked = 0, taken = 0;
        for (var start = 0; taken < staged || start < rows.Count; start += Block)
        {
            var (toTake, toTrack, toEnter, toIndex) = (tracked, entered, indexed, staged);
            var end = Math.Min(start + Block, rows.Count);
            for (var at = start; at < end; at++)
            {
                var type = columns.TypeAt(at);
                ref var item = ref ahead[staged & RingMask];
                item.Row = at;
                item.Type = type;
                item.Hash = columns.HashAt(at, type);
                Prefetch.Line(table.Index.Slots + table.Index.Home(item.Hash));
                staged += type < TrafficTypes.Answer ? 1 : 0;
            }

            for (; taken < toTake; taken++)
            {
                ref var item = ref ahead[taken & RingMask];
                shard.Take(columns.RowAt(item.Row, item.Type), item.Hash, item.Number);
            }

            for (; tracked < toTrack; tracked++)
            {
                ref var item = ref ahead[tracked & RingMask];
                if (item.Number >= 0 && table.Entries.At(item.Number) is var entry && entry->IsTracked)
                    table.Tracks.At(entry->Track)->Destinations.PrefetchFor(columns.DestinationAt(item.Row));
            }

            for (; entered < toEnter; entered++)
            {
                ref var item = ref ahead[entered & RingMask];
                if (item.Number >= 0 && table.Entries.At(item.Number) is var entry && entry->IsTracked)
                    Prefetch.Line(table.Tracks.At(entry->Track));
            }

            for (; indexed < toIndex; indexed++)
            {
                ref var item = ref ahead[indexed & RingMask];
                item.Number = table.Likely(item.Hash);
                if (item.Number >= 0)
                    Prefetch.Line(table.Entries.At(item.Number));
            }
        }
    }

    private struct Ahead
    {
        public int Row;
        public uint Hash;
        public int Number;
        public byte Type;
    }
}
