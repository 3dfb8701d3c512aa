using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>A FlowTuple as one value.</summary>
internal sealed record FlowRow(FlowKey Key, uint Packets, int First, int Last)
{
    public static FlowRow From<TAddress>(FlowTuples<TAddress> columns, int row, Func<TAddress, Address> address)
        where TAddress : unmanaged => new(
            new FlowKey(
                columns.Slot[row], address(columns.Source[row]), address(columns.Destination[row]), columns.SourcePort[row],
                columns.DestinationPort[row], columns.Protocol[row], columns.Ttl[row], columns.TcpFlags[row], columns.Length[row],
                columns.SynLength[row], columns.SynWindow[row], columns.Marks[row]),
            columns.Packets[row],
            columns.First[row],
            columns.Last[row]);

    public static FlowRow Merge(IEnumerable<FlowRow> rows) => rows.Aggregate((left, right) => left with
    {
        Packets = left.Packets + right.Packets,
        First = Math.Min(left.First, right.First),
        Last = Math.Max(left.Last, right.Last),
    });
}
