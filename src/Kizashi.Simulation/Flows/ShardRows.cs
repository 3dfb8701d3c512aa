using Kizashi.Core.Observations;

namespace Kizashi.Simulation.Flows;

/// <summary>The rows of one shard of a sensor since its last batch.</summary>
internal sealed class ShardRows
{
    private const long SlotMillis = FlowTuples<uint>.SlotSeconds * 1000;

    public FlowTuples<uint> V4 { get; } = new(1024);

    public FlowTuples<UInt128> V6 { get; } = new(16);

    public Backscatter<uint> BackscatterV4 { get; } = new(16);

    public Backscatter<UInt128> BackscatterV6 { get; } = new(16);

    /// <summary>Time of the earliest packet, milliseconds since 1970; the largest number without packets.</summary>
    public long FromMillis { get; private set; } = long.MaxValue;

    public int Count => V4.Count + V6.Count + BackscatterV4.Count + BackscatterV6.Count;

    public void Add(in FlowRow row)
    {
        FromMillis = Math.Min(FromMillis, row.Millis);
        if (row.Source.IsV4)
            Add(V4, row, row.Source.V4, row.Destination.V4);
        else
            Add(V6, row, row.Source.Value, row.Destination.Value);
    }

    public void AddBackscatter(in FlowRow row, in FlowAnswer answer)
    {
        FromMillis = Math.Min(FromMillis, row.Millis);
        if (answer.Victim.IsV4)
            Add(BackscatterV4, row, answer, answer.Victim.V4);
        else
            Add(BackscatterV6, row, answer, answer.Victim.Value);
    }

    public void Clear()
    {
        (V4.Count, V6.Count, BackscatterV4.Count, BackscatterV6.Count) = (0, 0, 0, 0);
        FromMillis = long.MaxValue;
    }

    private static void Add<TAddress>(FlowTuples<TAddress> columns, in FlowRow row, TAddress source, TAddress destination)
        where TAddress : unmanaged
    {
        var index = columns.Count;
        if (index == columns.Capacity)
            columns.EnsureCapacity(index + 1);

        columns.Count++;
        columns.Slot[index] = (uint)(row.Millis / SlotMillis * FlowTuples<uint>.SlotSeconds);
        columns.Source[index] = source;
        columns.Destination[index] = destination;
        columns.SourcePort[index] = row.SourcePort;
        columns.DestinationPort[index] = row.DestinationPort;
        columns.Protocol[index] = row.Protocol;
        columns.Ttl[index] = row.Ttl;
        columns.TcpFlags[index] = row.Flags;
        columns.Length[index] = row.Length;
        columns.SynLength[index] = row.SynLength;
        columns.SynWindow[index] = row.SynWindow;
        columns.Marks[index] = row.Marks;
        columns.Packets[index] = row.Packets;
        columns.First[index] = columns.Last[index] = (ushort)(row.Millis % SlotMillis);
    }

    private static void Add<TAddress>(Backscatter<TAddress> columns, in FlowRow row, in FlowAnswer answer, TAddress victim)
        where TAddress : unmanaged
    {
        var index = columns.Count;
        if (index == columns.Capacity)
            columns.EnsureCapacity(index + 1);

        columns.Count++;
        columns.Slot[index] = (uint)(row.Millis / SlotMillis * FlowTuples<uint>.SlotSeconds);
        columns.Victim[index] = victim;
        columns.Protocol[index] = answer.Protocol;
        columns.Reasons[index] = answer.Reason;
        columns.VictimPort[index] = answer.Port;
        columns.Packets[index] = row.Packets;
        columns.Bytes[index] = (ulong)row.Length * row.Packets;
        columns.Mismatches[index] = 0;
        columns.DarkAddresses[index] = new DistinctSketch().Add(SeededRandom.Mix((ulong)row.Destination.Value));
        columns.VictimPorts[index] = new DistinctSketch().Add(SeededRandom.Mix(answer.Port));
        columns.First[index] = columns.Last[index] = (ushort)(row.Millis % SlotMillis);
    }
}
