using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Portal.Tests.Doubles;

/// <summary>Names the fields of IPv4 and TCP headers.</summary>
public sealed class SmallDissector : IPacketDissector
{
    public IReadOnlyList<PacketLayer> Dissect(ReadOnlyMemory<byte> packet)
    {
        if (packet.Length < 40)
            return [new PacketLayer("Payload", [])];

        var p = packet.Span;
        return
        [
            new PacketLayer("IPv4",
            [
                new("Version, header length", "4, 20 bytes", 0, 1), new("Total length", Word(p, 2), 2, 2),
                new("Identification", Word(p, 4), 4, 2), new("Time to live", p[8].ToString(CultureInfo.InvariantCulture), 8, 1),
                new("Protocol", "6 (TCP)", 9, 1), new("Header checksum", "0x" + Word(p, 10), 10, 2),
                new("Source", Quad(p, 12), 12, 4), new("Destination", Quad(p, 16), 16, 4),
            ]),
            new PacketLayer("TCP",
            [
                new("Source port", Word(p, 20), 20, 2), new("Destination port", Word(p, 22), 22, 2),
                new("Sequence number", Quad(p, 24) + " = destination (Mirai)", 24, 4),
                new("Flags", "SYN", 33, 1), new("Window", Word(p, 34), 34, 2),
            ]),
            new PacketLayer("Payload", [new("Data", "<script>alert(1)</script>", 40, packet.Length - 40)]),
        ];
    }

    public IReadOnlyList<PayloadGroup> Payloads(IReadOnlyList<PacketSample> samples) =>
        samples.Count == 0 ? [] : [new PayloadGroup("http", "GET /<script>alert(1)</script> HTTP/1.1", "00112233445566aa", samples.Count, 1, 0)];

    public void WriteCapture(IReadOnlyList<PacketSample> samples, Stream stream)
    {
        stream.Write([0xd4, 0xc3, 0xb2, 0xa1]);
        foreach (var sample in samples)
            stream.Write(sample.Bytes);
    }

    private static string Word(ReadOnlySpan<byte> p, int at) =>
        BinaryPrimitives.ReadUInt16BigEndian(p[at..]).ToString(CultureInfo.InvariantCulture);

    private static string Quad(ReadOnlySpan<byte> p, int at) => new IPAddress(p.Slice(at, 4)).ToString();
}
