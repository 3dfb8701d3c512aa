using System.Buffers.Binary;
using Kizashi.Wire.Capture;

namespace Kizashi.Wire.Ip;

/// <summary>Decodes the transport header behind an IP header.</summary>
internal static class TransportLayer
{
    public const int TcpBytes = 20;
    public const int UdpBytes = 8;

    /// <summary>All messages of both versions have a second word, if only a reserved one.</summary>
    public const int IcmpBytes = 8;
    public const int SctpBytes = 12;
    public const ushort VxlanPort = 4789;

    /// <param name="segment">From the transport header to the end of what was captured.</param>
    /// <param name="wireLength">Bytes of it on the wire, by the IP header and by the frame, whichever is less.</param>
    /// <param name="header">Its protocol and traits are set by the IP layer.</param>
    public static DecodeStatus Decode(ReadOnlySpan<byte> segment, int wireLength, ref PacketHeader header)
    {
        if ((header.Traits & PacketTraits.LaterFragment) != 0)
            return DecodeStatus.Ok;

        switch (header.Protocol)
        {
            case IpProtocol.Tcp:
                return DecodeTcp(segment, wireLength, ref header);
            case IpProtocol.Udp:
                return DecodeUdp(segment, wireLength, ref header);
            case IpProtocol.Icmp or IpProtocol.IcmpV6:
                return DecodeIcmp(segment, wireLength, ref header);
            case IpProtocol.Sctp:
                return DecodePorts(segment, wireLength, SctpBytes, ref header);
            case IpProtocol.Gre or IpProtocol.Ipv4 or IpProtocol.Ipv6:
                header.Traits |= PacketTraits.Tunnel;
                return DecodeStatus.Ok;
            default:
                return DecodeStatus.Ok;
        }
    }

    private static DecodeStatus DecodeTcp(ReadOnlySpan<byte> segment, int wireLength, ref PacketHeader header)
    {
        var status = DecodePorts(segment, wireLength, TcpBytes, ref header);
        if (status != DecodeStatus.Ok)
            return status;

        var length = (segment[12] >> 4) * 4;
        header.Sequence = BinaryPrimitives.ReadUInt32BigEndian(segment[4..]);
        header.TcpFlags = segment[13];
        header.Window = BinaryPrimitives.ReadUInt16BigEndian(segment[14..]);
        header.TcpHeaderLength = (byte)length;
        if (length > TcpBytes)
            header.Traits |= PacketTraits.TcpOptions;

        return CheckLength(length, TcpBytes, wireLength, ref header);
    }

    private static DecodeStatus DecodeUdp(ReadOnlySpan<byte> segment, int wireLength, ref PacketHeader header)
    {
        var status = DecodePorts(segment, wireLength, UdpBytes, ref header);
        if (status != DecodeStatus.Ok)
            return status;

        int length = BinaryPrimitives.ReadUInt16BigEndian(segment[4..]);
        if (header.DestinationPort == VxlanPort)
            header.Traits |= PacketTraits.Tunnel;

        // 0 stands for more than 65,535 bytes over IPv6 (RFC 2675) and is written by offloading cards.
        if (length == 0 && (header.Traits & PacketTraits.V6) != 0)
            return DecodeStatus.Ok;

        return CheckLength(length, UdpBytes, wireLength, ref header);
    }

    private static DecodeStatus CheckLength(int length, int least, int wireLength, ref PacketHeader header)
    {
        // What the header of a first fragment announces may go on in the next.
        if (length >= least && (length <= wireLength || (header.Traits & PacketTraits.Fragment) != 0))
            return DecodeStatus.Ok;

        header.Traits |= PacketTraits.Contradicted;
        return DecodeStatus.Inconsistent;
    }

    private static DecodeStatus DecodeIcmp(ReadOnlySpan<byte> segment, int wireLength, ref PacketHeader header)
    {
        var status = Check(segment, wireLength, IcmpBytes);
        if (status != DecodeStatus.Ok)
            return status;

        header.SourcePort = segment[0];
        header.DestinationPort = segment[1];
        return DecodeStatus.Ok;
    }

    private static DecodeStatus DecodePorts(ReadOnlySpan<byte> segment, int wireLength, int needed, ref PacketHeader header)
    {
        var status = Check(segment, wireLength, needed);
        if (status != DecodeStatus.Ok)
            return status;

        header.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(segment);
        header.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        return DecodeStatus.Ok;
    }

    private static DecodeStatus Check(ReadOnlySpan<byte> segment, int wireLength, int needed) =>
        Math.Min(segment.Length, wireLength) < needed ? DecodeStatus.Truncated : DecodeStatus.Ok;
}
