using System.Buffers.Binary;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Link;

namespace Kizashi.Wire.Ip;

/// <summary>Finds the inner IP header of a tunnelled or mirrored packet.</summary>
internal static class TunnelLayer
{
    private const int VxlanBytes = 8;

    /// <param name="packet">The outer packet, from its IP header.</param>
    /// <param name="outer">Its decoded header.</param>
    /// <param name="offset">From the outer to the inner IP header, if <see cref="DecodeStatus.Ok"/>.</param>
    /// <param name="version">4 or 6 as announced, 0 if not.</param>
    public static DecodeStatus Locate(ReadOnlySpan<byte> packet, in PacketHeader outer, out int offset, out int version)
    {
        offset = outer.TransportOffset;
        version = outer.Protocol switch { IpProtocol.Ipv4 => 4, IpProtocol.Ipv6 => 6, _ => 0 };
        if (version != 0)
            return DecodeStatus.Ok;

        return outer.Protocol == IpProtocol.Gre
            ? LocateGre(packet, ref offset, out version)
            : LocateVxlan(packet, ref offset, out version);
    }

    /// <summary>RFC 7348 section 5.</summary>
    private static DecodeStatus LocateVxlan(ReadOnlySpan<byte> packet, ref int offset, out int version)
    {
        const byte identifierIsValid = 8;
        version = 0;
        offset += TransportLayer.UdpBytes;
        if (packet.Length - offset < VxlanBytes)
            return DecodeStatus.Truncated;

        if ((packet[offset] & identifierIsValid) == 0)
            return DecodeStatus.Unsupported;

        offset += VxlanBytes;
        return LinkLayer.LocateEthernet(packet, ref offset, out version);
    }

    /// <summary>RFC 2784 and 2890; version 1 (PPTP) and source routes are not unwrapped.</summary>
    private static DecodeStatus LocateGre(ReadOnlySpan<byte> packet, ref int offset, out int version)
    {
        const int checksum = 0x8000, routing = 0x4000, key = 0x2000, sequence = 0x1000, versionMask = 7;
        version = 0;
        if (packet.Length - offset < 4)
            return DecodeStatus.Truncated;

        int flags = BinaryPrimitives.ReadUInt16BigEndian(packet[offset..]);
        var type = BinaryPrimitives.ReadUInt16BigEndian(packet[(offset + 2)..]);
        if ((flags & (routing | versionMask)) != 0)
            return DecodeStatus.Unsupported;

        offset += 4;
        foreach (var option in (ReadOnlySpan<int>)[checksum, key, sequence])
            offset += (flags & option) != 0 ? 4 : 0;

        if (offset > packet.Length)
            return DecodeStatus.Truncated;

        switch (type)
        {
            case EtherType.TransparentEthernet:
                return LinkLayer.LocateEthernet(packet, ref offset, out version);
            case EtherType.Erspan:
                // Type I has neither sequence number nor header of its own, type II has both (draft-foschiano-erspan).
                offset += (flags & sequence) != 0 ? 8 : 0;
                return LinkLayer.LocateEthernet(packet, ref offset, out version);
            case EtherType.Erspan3:
                return LocateErspan3(packet, ref offset, out version);
            default:
                return LinkLayer.LocateType(packet, type, ref offset, out version);
        }
    }

    private static DecodeStatus LocateErspan3(ReadOnlySpan<byte> packet, ref int offset, out int version)
    {
        const int headerBytes = 12, subheaderBytes = 8;
        version = 0;
        if (packet.Length - offset < headerBytes)
            return DecodeStatus.Truncated;

        var hasSubheader = (packet[offset + 11] & 1) != 0;
        offset += headerBytes + (hasSubheader ? subheaderBytes : 0);
        return LinkLayer.LocateEthernet(packet, ref offset, out version);
    }
}
