using System.Buffers.Binary;
using Kizashi.Wire.Capture;

namespace Kizashi.Wire.Ip;

/// <summary>Decodes the packet quoted by an ICMP error (RFC 792, RFC 4443), as far as it is there.</summary>
public static class IcmpQuote
{
    /// <summary>Bytes of an ICMP error before the quoted packet.</summary>
    public const int HeaderBytes = 8;

    private const int Ipv4Bytes = 20;
    private const int Ipv6Bytes = 40;

    /// <summary>Whether a type quotes a packet: unreachable, source quench, redirect, time exceeded, parameter problem, too big.</summary>
    public static bool Quotes(byte type, bool v6) => v6 ? type is >= 1 and <= 4 : type is 3 or 4 or 5 or 11 or 12;

    /// <param name="icmp">From the ICMP header to the end of what was captured.</param>
    /// <param name="v6">ICMPv6.</param>
    /// <param name="quoted">Set if <see cref="DecodeStatus.Ok"/>: addresses and protocol are there, ports perhaps.</param>
    /// <returns>
    /// <see cref="DecodeStatus.Unsupported"/> for a type that quotes nothing, <see cref="DecodeStatus.Truncated"/> without a whole IP header,
    /// <see cref="DecodeStatus.Inconsistent"/> if it is none.
    /// </returns>
    public static DecodeStatus Decode(ReadOnlySpan<byte> icmp, bool v6, out QuotedPacket quoted)
    {
        quoted = default;
        if (icmp.Length < HeaderBytes)
            return DecodeStatus.Truncated;

        // A redirect of IPv6 (137) carries the packet in an option and is sent on the own link only.
        if (!Quotes(icmp[0], v6))
            return DecodeStatus.Unsupported;

        var packet = icmp[HeaderBytes..];
        return v6 ? DecodeIpv6(packet, out quoted) : DecodeIpv4(packet, out quoted);
    }

    private static DecodeStatus DecodeIpv4(ReadOnlySpan<byte> packet, out QuotedPacket quoted)
    {
        quoted = default;
        if (packet.Length < Ipv4Bytes)
            return DecodeStatus.Truncated;

        var headerBytes = (packet[0] & 15) * 4;
        if (packet[0] >> 4 != 4 || headerBytes < Ipv4Bytes)
            return DecodeStatus.Inconsistent;

        quoted = new QuotedPacket
        {
            V6 = false,
            Source = BinaryPrimitives.ReadUInt32BigEndian(packet[12..]),
            Destination = BinaryPrimitives.ReadUInt32BigEndian(packet[16..]),
            Protocol = packet[9],
            Ttl = packet[8],
            Length = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
        };
        var isLaterFragment = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x1FFF) != 0;
        if (!isLaterFragment && headerBytes <= packet.Length)
            quoted = WithTransport(quoted, packet[headerBytes..]);

        return DecodeStatus.Ok;
    }

    private static DecodeStatus DecodeIpv6(ReadOnlySpan<byte> packet, out QuotedPacket quoted)
    {
        quoted = default;
        if (packet.Length < Ipv6Bytes)
            return DecodeStatus.Truncated;

        if (packet[0] >> 4 != 6)
            return DecodeStatus.Inconsistent;

        var header = new PacketHeader { Protocol = packet[6], TransportOffset = Ipv6Bytes };
        var payload = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        var isWhole = IpLayer.SkipExtensions(packet, Ipv6Bytes + payload, ref header) == DecodeStatus.Ok;
        quoted = new QuotedPacket
        {
            V6 = true,
            Source = BinaryPrimitives.ReadUInt128BigEndian(packet[8..]),
            Destination = BinaryPrimitives.ReadUInt128BigEndian(packet[24..]),
            Protocol = header.Protocol,
            Ttl = packet[7],
            Length = (ushort)Math.Min(Ipv6Bytes + payload, ushort.MaxValue),
        };
        if (isWhole && (header.Traits & PacketTraits.LaterFragment) == 0)
            quoted = WithTransport(quoted, packet[header.TransportOffset..]);

        return DecodeStatus.Ok;
    }

    private static QuotedPacket WithTransport(in QuotedPacket quoted, ReadOnlySpan<byte> segment)
    {
        if (quoted.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6)
        {
            return segment.Length < 2
                ? quoted
                : quoted with { HasPorts = true, SourcePort = segment[0], DestinationPort = segment[1] };
        }

        if (quoted.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp) || segment.Length < 4)
            return quoted;

        var isTcp = quoted.Protocol == IpProtocol.Tcp;
        return quoted with
        {
            HasPorts = true,
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(segment),
            DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]),
            Sequence = isTcp && segment.Length >= 8 ? BinaryPrimitives.ReadUInt32BigEndian(segment[4..]) : 0,
            HasTcpFlags = isTcp && segment.Length >= 14,
            TcpFlags = isTcp && segment.Length >= 14 ? segment[13] : (byte)0,
        };
    }
}
