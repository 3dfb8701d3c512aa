using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Store.Tests.Embedded;

/// <summary>One row of either family, for counting by hand.</summary>
internal sealed record Expected(
    string Sensor, long Slot, Address Source, Address Destination, byte Protocol, ushort SourcePort, ushort Port, long Packets, PacketMarks Marks)
{
    public static List<Expected> Of(IEnumerable<ObservationBatch> batches) =>
    [
        .. batches.SelectMany(batch => Rows(batch.Sensor, batch.V4, Address.FromV4).Concat(Rows(batch.Sensor, batch.V6, Address.FromV6))),
    ];

    private static IEnumerable<Expected> Rows<T>(string sensor, FlowTuples<T> rows, Func<T, Address> address)
        where T : unmanaged => Enumerable.Range(0, rows.Count).Select(row => new Expected(
            sensor, rows.Slot[row], address(rows.Source[row]), address(rows.Destination[row]), rows.Protocol[row],
            rows.SourcePort[row], rows.DestinationPort[row], rows.Packets[row], rows.Marks[row]));
}
