using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Wire.Payloads;

/// <summary>Finds what a packet carries behind its transport header.</summary>
internal static class PacketPayload
{
    /// <summary>Empty for packets without a payload, for later fragments and for what is not TCP or UDP.</summary>
    /// <param name="packet">From the IP header on, cut or not; any bytes are taken.</param>
    /// <param name="header">What it says of itself.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> packet, out PacketHeader header)
    {
        // A packet that was kept only in part contradicts its own length, and its payload is still there.
        _ = PacketDecoder.DecodePacket(packet, out header);
        if (!header.IsUsable || (header.Traits & PacketTraits.LaterFragment) != 0)
            return default;

        var start = header.Protocol switch
        {
            (byte)IpProtocol.Tcp => header.TransportOffset + header.TcpHeaderLength,
            (byte)IpProtocol.Udp => header.TransportOffset + TransportLayer.UdpBytes,
            _ => int.MaxValue,
        };
        var end = Math.Min(packet.Length, Math.Max((int)header.Length, 0));
        return start >= end ? default : packet[start..end];
    }
}
