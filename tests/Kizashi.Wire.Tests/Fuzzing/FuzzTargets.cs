using Kizashi.Testing.Fuzzing;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Dissection;
using Kizashi.Wire.Filters;
using Kizashi.Wire.Ip;
using Kizashi.Wire.Tests.Capture;
using Kizashi.Wire.Tests.Dissection;
using Kizashi.Wire.Tests.Ip;

namespace Kizashi.Wire.Tests.Fuzzing;

/// <summary>Every decoder of bytes from outside.</summary>
internal static class FuzzTargets
{
    private static readonly LinkType[] Links = Enum.GetValues<LinkType>();
    private static readonly TestFrame[] SomeFrames = [.. SampleFrame.All.Select((s, i) => new TestFrame(i * 1000, s.Bytes, s.Bytes.Length))];
    private static readonly byte[][] Packets4And6 = [.. SampleFrame.All.Where(s => s.Link is LinkType.Raw).Select(s => s.Bytes), .. TunnelTests.Outer.Values];
    private static readonly byte[] Pcap = CaptureBytes.Pcap(SomeFrames);
    private static readonly byte[] Pcapng = CaptureBytes.Pcapng(SomeFrames, packetBlock: 6, resolution: 9);
    private static readonly FrameBlock Block = new();

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("PacketDecoder.DecodeBlock", 700, [.. SampleFrame.All.Select(s => s.Bytes), .. Packets4And6.Select(p => Packets.Ethernet(0x0800, p))], TryFrame),
        new("IcmpQuote.Decode", 100, [.. Packets4And6.SelectMany(p => (byte[][])[Packets.Icmp(3, 3, p), Packets.Icmp(1, 4, p)])], TryQuote),
        new("PacketDissection.Dissect", 60, [.. Packets4And6, .. Packets4And6.Select(p => Packets.Ipv4(1, Packets.Icmp(3, 3, p)))], TryDissection),
        new("CaptureFile: pcap", 40, [Pcap, CaptureBytes.Pcap(SomeFrames, bigEndian: true, magic: 0xA1B23C4D)], TryFile),
        new("CaptureFile: pcapng", 40, [Pcapng, CaptureBytes.Pcapng(SomeFrames, bigEndian: true, packetBlock: 3)], TryFile),
        new("CaptureFile: gzip", 25, [CaptureBytes.Gzip(Pcap), CaptureBytes.StoredGzip(Pcap)], TryFile),
        new("CaptureFile: zstd", 25, [CaptureBytes.Zstd(Pcap), CaptureBytes.Zstd(Pcapng)], TryFile),
        new("BpfProgramCode", 10, [[0x28, 0, 0, 0, 12, 0, 0, 0, 0x15, 0, 0, 1, 0, 8, 0, 0, 6, 0, 0, 0, 0, 0, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0]], TryFilter),
    ];

    private static void TryFrame(ReadOnlySpan<byte> input, Mutator mutator)
    {
        var link = mutator.Pick(3) == 0 ? Links[mutator.Pick(Links.Length)] : LinkType.Ethernet;
        var mode = (TunnelMode)mutator.Pick(2);
        var wire = input.Length + mutator.Pick(2000);
        var header = Decoding.Decode(link, input, wire, mode, filler: 0x00);
        if (!header.Equals(Decoding.Decode(link, input, wire, mode, filler: 0xFF)))
            throw new InvalidOperationException("bytes beyond the frame were looked at");

        if (header.Status != DecodeStatus.Ok)
            return;

        if (header.IpOffset < 0 || header.Captured < 20 || header.IpOffset + header.Captured > input.Length)
            throw new InvalidOperationException($"packet at {header.IpOffset} of {header.Captured} in {input.Length}");

        if (header.TransportOffset > header.Captured || header.Captured > header.Length)
            throw new InvalidOperationException($"transport at {header.TransportOffset} of {header.Captured} of {header.Length}");
    }

    private static void TryQuote(ReadOnlySpan<byte> input, Mutator mutator)
    {
        var v6 = mutator.Pick(2) == 0;
        var status = IcmpQuote.Decode(input, v6, out var quoted);
        if (status != DecodeStatus.Ok && quoted != default)
            throw new InvalidOperationException("a quote that could not be decoded is given");
    }

    private static void TryDissection(ReadOnlySpan<byte> input, Mutator mutator) =>
        PacketDissectionTests.AssertInside(PacketDissection.Dissect(input.ToArray()), input.Length);

    private static void TryFile(ReadOnlySpan<byte> input, Mutator mutator)
    {
        using var source = CaptureFile.Open(new MemoryStream(input.ToArray()), "fuzz");
        FrameSourceStatus status;
        var headers = Array.Empty<PacketHeader>();
        while ((status = source.Read(Block)) == FrameSourceStatus.Frames)
        {
            PacketDecoder.DecodeBlock(Block, ref headers, TunnelMode.Unwrap);
            for (var i = 0; i < Block.Count; i++)
            {
                var frame = Block.Frame(i);
                if (frame.Length > Block.WireLength[i] || Block.TimeMicros[i] is < 0 or > 253_402_300_799_999_999)
                    throw new InvalidOperationException($"frame of {frame.Length} of {Block.WireLength[i]} bytes at {Block.TimeMicros[i]}");
            }
        }

        if (status == FrameSourceStatus.Damaged != source.Damage is not null)
            throw new InvalidOperationException("damage without a reason");
    }

    private static void TryFilter(ReadOnlySpan<byte> input, Mutator mutator)
    {
        var instructions = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, BpfInstruction>(input).ToArray();
        try
        {
            new BpfProgramCode(instructions).Matches(input, input.Length);
        }
        catch (FilterException)
        {
            // Refused, as it should be.
        }
    }
}
