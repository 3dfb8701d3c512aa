using System.Buffers.Binary;
using Kizashi.Wire.Capture;

namespace Kizashi.Wire.Link;

/// <summary>Finds the IP header behind a frame's link layer.</summary>
internal static class LinkLayer
{
    public const int EthernetBytes = 14;
    public const int SllBytes = 16;
    public const int Sll2Bytes = 20;

    private static ReadOnlySpan<byte> SnapHeader => [0xAA, 0xAA, 0x03, 0, 0, 0];

    /// <param name="link">What the frame begins with.</param>
    /// <param name="frame">As captured.</param>
    /// <param name="offset">Where the IP header is, if <see cref="DecodeStatus.Ok"/>.</param>
    /// <param name="version">4 or 6 as the link layer says, 0 if only the IP header tells.</param>
    public static DecodeStatus Locate(LinkType link, ReadOnlySpan<byte> frame, out int offset, out int version)
    {
        offset = 0;
        version = 0;
        switch (link)
        {
            case LinkType.Ethernet:
                return LocateEthernet(frame, ref offset, out version);
            case LinkType.LinuxSll:
                return LocateCooked(frame, SllBytes, 14, ref offset, out version);
            case LinkType.LinuxSll2:
                return LocateCooked(frame, Sll2Bytes, 0, ref offset, out version);
            case LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd:
                return DecodeStatus.Ok;
            case LinkType.RawIpv4:
                version = 4;
                return DecodeStatus.Ok;
            case LinkType.RawIpv6:
                version = 6;
                return DecodeStatus.Ok;
            case LinkType.Null or LinkType.Loop:
                return LocateFamily(frame, out offset, out version);
            case LinkType.Ppp or LinkType.PppHdlc:
                return LocatePpp(frame, ref offset, out version);
            default:
                return DecodeStatus.Unsupported;
        }
    }

    /// <summary>An Ethernet frame that begins at the offset, such as one inside a tunnel.</summary>
    public static DecodeStatus LocateEthernet(ReadOnlySpan<byte> frame, ref int offset, out int version)
    {
        version = 0;
        if (frame.Length - offset < EthernetBytes)
            return DecodeStatus.Truncated;

        var type = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 12)..]);
        offset += EthernetBytes;
        return type < EtherType.Smallest
            ? LocateSnap(frame, ref offset, out version)
            : LocateType(frame, type, ref offset, out version);
    }

    /// <summary>What an Ethernet type announces at the offset.</summary>
    public static DecodeStatus LocateType(ReadOnlySpan<byte> frame, ushort type, ref int offset, out int version)
    {
        version = 0;
        while (type is EtherType.Vlan or EtherType.ProviderVlan or EtherType.OldQinQ)
        {
            if (frame.Length - offset < 4)
                return DecodeStatus.Truncated;

            type = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 2)..]);
            offset += 4;
        }

        switch (type)
        {
            case EtherType.Ipv4:
                version = 4;
                return DecodeStatus.Ok;
            case EtherType.Ipv6:
                version = 6;
                return DecodeStatus.Ok;
            case EtherType.Mpls or EtherType.MplsUpstream:
                return LocateMpls(frame, ref offset, out version);
            case EtherType.PppoeSession:
                return LocatePppoe(frame, ref offset, out version);
            case < EtherType.Smallest:
                return LocateSnap(frame, ref offset, out version);
            default:
                return DecodeStatus.NotIp;
        }
    }

    private static DecodeStatus LocateCooked(
        ReadOnlySpan<byte> frame, int headerBytes, int typeOffset, ref int offset, out int version)
    {
        version = 0;
        if (frame.Length < headerBytes)
            return DecodeStatus.Truncated;

        offset = headerBytes;
        var type = BinaryPrimitives.ReadUInt16BigEndian(frame[typeOffset..]);

        // Small values are Linux's own packet types here (802.3, 802.2, CAN...), not lengths.
        return type < EtherType.Smallest ? DecodeStatus.NotIp : LocateType(frame, type, ref offset, out version);
    }

    /// <summary>802.2 with the SNAP header of RFC 1042.</summary>
    private static DecodeStatus LocateSnap(ReadOnlySpan<byte> frame, ref int offset, out int version)
    {
        const int snapBytes = 8;
        version = 0;
        var rest = frame[offset..];
        if (rest.Length < snapBytes || !rest.StartsWith(SnapHeader))
            return DecodeStatus.NotIp;

        offset += snapBytes;
        var type = BinaryPrimitives.ReadUInt16BigEndian(rest[6..]);
        return type < EtherType.Smallest ? DecodeStatus.NotIp : LocateType(frame, type, ref offset, out version);
    }

    /// <summary>RFC 3032; what follows the bottom of the stack is told from its first nibble, as all do.</summary>
    private static DecodeStatus LocateMpls(ReadOnlySpan<byte> frame, ref int offset, out int version)
    {
        version = 0;
        bool bottom;
        do
        {
            if (frame.Length - offset < 4)
                return DecodeStatus.Truncated;

            bottom = (frame[offset + 2] & 1) != 0;
            offset += 4;
        }
        while (!bottom);

        if (offset == frame.Length)
            return DecodeStatus.Truncated;

        version = frame[offset] >> 4;
        return version is 4 or 6 ? DecodeStatus.Ok : DecodeStatus.NotIp;
    }

    /// <summary>RFC 2516 section 4.</summary>
    private static DecodeStatus LocatePppoe(ReadOnlySpan<byte> frame, ref int offset, out int version)
    {
        const int headerBytes = 6;
        version = 0;
        if (frame.Length - offset < headerBytes)
            return DecodeStatus.Truncated;

        offset += headerBytes;
        return LocatePppProtocol(frame, ref offset, out version);
    }

    private static DecodeStatus LocatePpp(ReadOnlySpan<byte> frame, ref int offset, out int version)
    {
        version = 0;
        if (frame.Length < 2)
            return DecodeStatus.Truncated;

        if (frame[0] == 0xFF && frame[1] == 0x03)
            offset = 2;
        else if (frame[0] is 0x0F or 0x8F && frame[1] == 0)
            return LocateCiscoHdlc(frame, ref offset, out version);

        return LocatePppProtocol(frame, ref offset, out version);
    }

    /// <summary>RFC 1547 section 4.3.1: address, control, Ethernet type.</summary>
    private static DecodeStatus LocateCiscoHdlc(ReadOnlySpan<byte> frame, ref int offset, out int version)
    {
        version = 0;
        if (frame.Length < 4)
            return DecodeStatus.Truncated;

        offset = 4;
        var type = BinaryPrimitives.ReadUInt16BigEndian(frame[2..]);
        return type < EtherType.Smallest ? DecodeStatus.NotIp : LocateType(frame, type, ref offset, out version);
    }

    /// <summary>RFC 1661 section 2: two bytes, or one if its lowest bit is set.</summary>
    private static DecodeStatus LocatePppProtocol(ReadOnlySpan<byte> frame, ref int offset, out int version)
    {
        version = 0;
        if (offset == frame.Length)
            return DecodeStatus.Truncated;

        int protocol = frame[offset++];
        if ((protocol & 1) == 0)
        {
            if (offset == frame.Length)
                return DecodeStatus.Truncated;

            protocol = (protocol << 8) | frame[offset++];
        }

        switch (protocol)
        {
            case 0x0021:
                version = 4;
                return DecodeStatus.Ok;
            case 0x0057:
                version = 6;
                return DecodeStatus.Ok;
            case 0x0281 or 0x0283:
                return LocateMpls(frame, ref offset, out version);
            default:
                return DecodeStatus.NotIp;
        }
    }

    /// <summary>Four bytes with the address family's number, in either byte order; IPv6's differs between systems.</summary>
    private static DecodeStatus LocateFamily(ReadOnlySpan<byte> frame, out int offset, out int version)
    {
        offset = 4;
        version = 0;
        if (frame.Length < 4)
            return DecodeStatus.Truncated;

        var family = BinaryPrimitives.ReadUInt32BigEndian(frame);
        if (family > 0xFFFF)
            family = BinaryPrimitives.ReverseEndianness(family);

        version = family switch
        {
            2 => 4,
            10 or 23 or 24 or 28 or 30 => 6,
            _ => 0,
        };
        return version == 0 ? DecodeStatus.NotIp : DecodeStatus.Ok;
    }
}
