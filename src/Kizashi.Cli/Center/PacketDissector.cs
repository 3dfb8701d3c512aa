using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Dissection;
using Kizashi.Wire.Payloads;

namespace Kizashi.Cli.Center;

/// <summary>The wire's dissection, in the nouns of the house.</summary>
internal sealed class PacketDissector : IPacketDissector
{
    public IReadOnlyList<PacketLayer> Dissect(ReadOnlyMemory<byte> packet) =>
        [.. PacketDissection.Dissect(packet).Select(layer => new PacketLayer(
            layer.Name,
            [.. layer.Fields.Select(field => new PacketField(field.Name, field.Value, field.Offset, field.Length))]))];

    public IReadOnlyList<PayloadGroup> Payloads(IReadOnlyList<PacketSample> samples) =>
    [
        .. samples
            .Select((sample, index) => (Sample: sample, Index: index, Print: PayloadPrint.Of(sample.Bytes)))
            .Where(item => item.Print is not null)
            .GroupBy(item => (item.Print!.Protocol, item.Print.Digest))
            .Select(group => new PayloadGroup(
                group.Key.Protocol, group.First().Print!.Title, group.Key.Digest, group.Count(),
                group.Select(item => item.Sample.Source).Distinct().Count(), group.First().Index))
            .OrderByDescending(group => group.Packets)
            .ThenBy(group => group.Example),
    ];

    public void WriteCapture(IReadOnlyList<PacketSample> samples, Stream stream)
    {
        using var writer = new PcapWriter(stream, LinkType.Raw, leaveOpen: true);
        foreach (var sample in samples)
            writer.Write(sample.TimeMicros, sample.Bytes, sample.WireLength);
    }
}
