using System.Buffers.Binary;
using Kizashi.Wire.Capture;

namespace Kizashi.Wire.Ip;

/// <summary>Decodes an IP header of either version with the transport header behind it; every case, with all checks.</summary>
internal static class IpLayer
{
    private const int Ipv4Bytes = 20;
    private const int Ipv6Bytes = 40;

    /// <param name="packet">From the IP header to the end of what was captured.</param>
    /// <param name="wireLength">Bytes from the IP header to the end of the frame on the wire.</param>
    /// <param name="version">4 or 6 as announced, 0 if not.</param>
    /// <param name="header">Time and offset are left alone, all else is set.</param>
    public static DecodeStatus Decode(ReadOnlySpan<byte> packet, int wireLength, int version, ref PacketHeader header)
    {
        if (packet.IsEmpty)
            return DecodeStatus.Truncated;

        var found = packet[0] >> 4;
        if (version != 0 && found != version)
            return DecodeStatus.Inconsistent;

        return found switch
        {
            4 => DecodeIpv4(packet, wireLength, ref header),
            6 => DecodeIpv6(packet, wireLength, ref header),
            _ => DecodeStatus.Inconsistent,
        };
    }

    private static DecodeStatus DecodeIpv4(ReadOnlySpan<byte> packet, int wireLength, ref PacketHeader header)
    {
        if (packet.Length < Ipv4Bytes)
            return DecodeStatus.Truncated;

        var headerBytes = (packet[0] & 15) * 4;
        int total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);

        // Segmentation offload leaves the field 0 for the network card to fill; the wire's length is the right one then.
        if (total == 0)
            total = Math.Min(wireLength, ushort.MaxValue);

        if (headerBytes < Ipv4Bytes || total < headerBytes)
            return DecodeStatus.Inconsistent;

        packet = packet[..Math.Min(packet.Length, total)];
        header.Source = BinaryPrimitives.ReadUInt32BigEndian(packet[12..]);
        header.Destination = BinaryPrimitives.ReadUInt32BigEndian(packet[16..]);
        header.Captured = packet.Length;
        header.Length = (ushort)total;
        header.IpId = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        header.Ttl = packet[8];
        header.Protocol = packet[9];
        header.TransportOffset = (ushort)headerBytes;
        header.Traits = headerBytes > Ipv4Bytes ? PacketTraits.IpOptions : PacketTraits.None;
        if (packet.Length < headerBytes)
            return DecodeStatus.Truncated;

        SetFragment(BinaryPrimitives.ReadUInt16BigEndian(packet[6..]), 0x1FFF, 0x2000, ref header);
        return TransportLayer.Decode(packet[headerBytes..], Math.Min(total, wireLength) - headerBytes, ref header);
    }

    private static DecodeStatus DecodeIpv6(ReadOnlySpan<byte> packet, int wireLength, ref PacketHeader header)
    {
        if (packet.Length < Ipv6Bytes)
            return DecodeStatus.Truncated;

        int payload = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        var next = packet[6];
        if (payload == 0 && next is not (IpProtocol.HopByHop or IpProtocol.NoNext))
            payload = Math.Clamp(wireLength - Ipv6Bytes, 0, ushort.MaxValue);

        packet = packet[..Math.Min(packet.Length, Ipv6Bytes + payload)];
        header.Captured = packet.Length;
        header.Length = (ushort)Math.Min(Ipv6Bytes + payload, ushort.MaxValue);
        header.Ttl = packet[7];
        header.Protocol = next;
        header.Traits = PacketTraits.V6;
        header.TransportOffset = Ipv6Bytes;

        // A length of 0 before a hop-by-hop header announces a jumbogram (RFC 2675), which no darknet link carries.
        if (payload == 0 && next == IpProtocol.HopByHop)
            return DecodeStatus.Inconsistent;

        var status = SkipExtensions(packet, Ipv6Bytes + payload, ref header);
        var wire = Math.Min(Ipv6Bytes + payload, wireLength) - header.TransportOffset;
        return status == DecodeStatus.Ok ? TransportLayer.Decode(packet[header.TransportOffset..], wire, ref header) : status;
    }

    /// <summary>RFC 8200 section 4; each header is at least 8 bytes, so the walk ends.</summary>
    public static DecodeStatus SkipExtensions(ReadOnlySpan<byte> packet, int wireEnd, ref PacketHeader header)
    {
        int at = header.TransportOffset;
        while (IsExtension(header.Protocol) && (header.Traits & PacketTraits.LaterFragment) == 0)
        {
            header.Traits |= PacketTraits.IpOptions;
            if (wireEnd - at < 8)
                return DecodeStatus.Inconsistent;

            if (packet.Length - at < 8)
                return DecodeStatus.Truncated;

            var length = header.Protocol switch
            {
                IpProtocol.Fragment => 8,
                IpProtocol.Authentication => (packet[at + 1] + 2) * 4,
                _ => (packet[at + 1] + 1) * 8,
            };
            if (wireEnd - at < length)
                return DecodeStatus.Inconsistent;

            if (packet.Length - at < length)
                return DecodeStatus.Truncated;

            if (header.Protocol == IpProtocol.Fragment)
                SetFragment(BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 2)..]), 0xFFF8, 1, ref header);

            header.Protocol = packet[at];
            at += length;
            header.TransportOffset = (ushort)at;
        }

        return DecodeStatus.Ok;
    }

    private static bool IsExtension(byte protocol) => protocol is IpProtocol.HopByHop or IpProtocol.Routing
        or IpProtocol.Fragment or IpProtocol.DestinationOptions or IpProtocol.Authentication;

    private static void SetFragment(ushort field, ushort offsetMask, ushort moreMask, ref PacketHeader header)
    {
        if ((field & offsetMask) != 0)
            header.Traits |= PacketTraits.Fragment | PacketTraits.LaterFragment;
        else if ((field & moreMask) != 0)
            header.Traits |= PacketTraits.Fragment;
    }
}
