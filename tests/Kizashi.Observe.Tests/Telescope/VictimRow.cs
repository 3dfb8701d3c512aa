using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>A row of Backscatter as one value; the port of whichever packet came first is left out.</summary>
internal sealed record VictimRow(
    uint Slot, Address Victim, byte Protocol, BackscatterReason Reasons, uint Packets, ulong Bytes, uint Mismatches,
    DistinctSketch DarkAddresses, DistinctSketch VictimPorts, int First, int Last)
{
    public static VictimRow From<TAddress>(Backscatter<TAddress> columns, int row, Func<TAddress, Address> address)
        where TAddress : unmanaged => new(
            columns.Slot[row], address(columns.Victim[row]), columns.Protocol[row], columns.Reasons[row], columns.Packets[row],
            columns.Bytes[row], columns.Mismatches[row], columns.DarkAddresses[row], columns.VictimPorts[row], columns.First[row],
            columns.Last[row]);

    public static VictimRow Merge(IEnumerable<VictimRow> rows) => rows.Aggregate((left, right) => left with
    {
        Reasons = left.Reasons | right.Reasons,
        Packets = left.Packets + right.Packets,
        Bytes = left.Bytes + right.Bytes,
        Mismatches = left.Mismatches + right.Mismatches,
        DarkAddresses = left.DarkAddresses.Merge(right.DarkAddresses),
        VictimPorts = left.VictimPorts.Merge(right.VictimPorts),
        First = Math.Min(left.First, right.First),
        Last = Math.Max(left.Last, right.Last),
    });
}
