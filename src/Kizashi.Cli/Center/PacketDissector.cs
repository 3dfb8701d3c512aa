using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Dissection;

namespace Kizashi.Cli.Center;

/// <summary>The wire's dissection, in the nouns of the house.</summary>
internal sealed class PacketDissector : IPacketDissector
{
    public IReadOnlyList<PacketLayer> Dissect(ReadOnlyMemory<byte> packet) =>
        [.. PacketDissection.Dissect(packet).Select(layer => new PacketLayer(
            layer.Name,
            [.. layer.Fields.Select(field => new PacketField(field.Name, field.Value, field.Offset, field.Length))]))];

    public void WriteCapture(IReadOnlyList<PacketSample> samples, Stream stream)
    {
        using var writer = new PcapWriter(stream, LinkType.Raw, leaveOpen: true);
        foreach (var sample in samples)
            writer.Write(sample.TimeMicros, sample.Bytes, sample.WireLength);
    }
}
