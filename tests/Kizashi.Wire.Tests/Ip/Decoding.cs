using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Wire.Tests.Ip;

/// <summary>Decodes single frames for tests.</summary>
public static class Decoding
{
    [ThreadStatic]
    private static FrameBlock? _block;

    [ThreadStatic]
    private static PacketHeader[]? _headers;

    /// <summary>Decodes a frame that has the filler before and behind it, so that an over-read shows in the result.</summary>
    /// <returns>The header, with its offset counted from the frame's start.</returns>
    public static PacketHeader Decode(
        LinkType link, ReadOnlySpan<byte> frame, int? wireLength = null, TunnelMode mode = TunnelMode.Note, byte filler = 0xA5)
    {
        const int margin = 128;
        var block = _block ??= new FrameBlock();
        block.Count = 0;
        block.Link = link;
        block.Data.AsSpan(0, Math.Min(block.Data.Length, frame.Length + (2 * margin))).Fill(filler);
        frame.CopyTo(block.Data.AsSpan(margin));
        var index = block.Add();
        block.Offset[index] = margin;
        block.CapturedLength[index] = frame.Length;
        block.WireLength[index] = wireLength ?? frame.Length;
        block.TimeMicros[index] = 42;
        var headers = _headers ??= new PacketHeader[1];
        PacketDecoder.DecodeBlock(block, ref headers, mode);
        var header = headers[0];
        header.IpOffset -= header.IpOffset < 0 ? 0 : margin;
        return header;
    }

    public static PacketHeader Decode(SampleFrame frame, TunnelMode mode = TunnelMode.Note) =>
        Decode(frame.Link, frame.Bytes, mode: mode);

    public static PacketHeader DecodeIpv4(byte protocol, byte[] payload, byte[]? options = null, ushort fragment = 0, int? total = null) =>
        Decode(LinkType.Ethernet, Packets.Ethernet(0x0800, Packets.Ipv4(protocol, payload, options, fragment, total)));

    public static PacketHeader DecodeIpv6(byte next, byte[] payload, int? length = null) =>
        Decode(LinkType.Ethernet, Packets.Ethernet(0x86DD, Packets.Ipv6(next, payload, length)));
}
