using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Feeding;

/// <summary>Aggregates packets to FlowTuples, in the order in which their keys first came.</summary>
internal static class FlowColumns
{
    public static void Fill<TAddress>(
        FlowTuples<TAddress> rows, IEnumerable<DarkPacket> packets, Func<Address, TAddress> toColumn)
        where TAddress : unmanaged
    {
        var tuples = packets.GroupBy(packet => (
            Slot: packet.Millis / 10_000, packet.Source, packet.Destination, packet.Protocol, packet.SourcePort,
            packet.DestinationPort, packet.TcpFlags, packet.SynWindow, packet.Marks));
        foreach (var tuple in tuples)
        {
            var at = rows.Count++;
            rows.EnsureCapacity(rows.Count);
            rows.Slot[at] = (uint)(tuple.Key.Slot * 10);
            rows.Source[at] = toColumn(tuple.Key.Source);
            rows.Destination[at] = toColumn(tuple.Key.Destination);
            rows.Protocol[at] = tuple.Key.Protocol;
            rows.SourcePort[at] = tuple.Key.SourcePort;
            rows.DestinationPort[at] = tuple.Key.DestinationPort;
            rows.TcpFlags[at] = tuple.Key.TcpFlags;
            rows.SynWindow[at] = tuple.Key.SynWindow;
            rows.Marks[at] = tuple.Key.Marks;
            rows.Packets[at] = (uint)tuple.Count();
            rows.First[at] = (ushort)(tuple.Min(packet => packet.Millis) % 10_000);
            rows.Last[at] = (ushort)(tuple.Max(packet => packet.Millis) % 10_000);
        }
    }
}
