using System.Runtime.CompilerServices;
using Kizashi.Core.Observations;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Telescope.Rules;

/// <summary>The rules by which CAIDA holds the source address of a telescope packet for forged.</summary>
/// <remarks>
/// Facts from CAIDA/corsaro3, libcorsaro3/libcorsaro3_filtering.c (corsaro_apply_spoofing_filter) and later versions: a protocol other than
/// ICMP, UDP, TCP and IPv6; an odd set of TCP flags; TTL of 200 or more unless ICMP or a large-scale scanner; a fragment past the
/// first, or the reserved bit; a source ending in .0 or .255; source equal to destination; port 0; UDP to port 80.
/// IPv6 takes the rules that carry over: all but the last octet of the source and the reserved bit.
/// </remarks>
internal static class SpoofFilter
{
    private const byte HighTtl = 200;

    /// <summary>Bit n is set when the six classic flags with value n are seen in honest traffic.</summary>
    private const ulong HonestFlags =
        (1UL << TcpBits.Syn) | (1UL << TcpBits.Ack) | (1UL << TcpBits.Rst) | (1UL << TcpBits.Fin)
        | (1UL << (TcpBits.Fin | TcpBits.Syn)) | (1UL << (TcpBits.Syn | TcpBits.Ack)) | (1UL << (TcpBits.Fin | TcpBits.Ack))
        | (1UL << (TcpBits.Ack | TcpBits.Psh)) | (1UL << (TcpBits.Fin | TcpBits.Ack | TcpBits.Psh))
        | (1UL << (TcpBits.Rst | TcpBits.Ack));

    private const PacketMarks TtlExempt = PacketMarks.Masscan | PacketMarks.LargeScale;

    /// <param name="header">Of an IPv4 packet.</param>
    /// <param name="reserved">The highest of the three flag bits beside the fragment offset.</param>
    /// <param name="marks">The fingerprints found before.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSpoofed4(in PacketHeader header, bool reserved, PacketMarks marks)
    {
        var last = header.Source & 0xFF;
        return (last - 1 >= 254) | (header.Source == header.Destination) | reserved | IsSpoofed(header, marks);
    }

    /// <param name="header">Of an IPv6 packet.</param>
    /// <param name="sameAddresses">Source and destination are one.</param>
    /// <param name="marks">The fingerprints found before.</param>
    public static bool IsSpoofed6(in PacketHeader header, bool sameAddresses, PacketMarks marks) =>
        sameAddresses || IsSpoofed(header, marks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSpoofed(in PacketHeader header, PacketMarks marks)
    {
        if ((header.Traits & PacketTraits.LaterFragment) != 0)
            return true;

        if (header.Protocol == IpProtocol.Tcp)
        {
            // Without branches: what the next packet breaks cannot be foretold.
            return ((HonestFlags >> (header.TcpFlags & TcpBits.Classic) & 1) == 0)
                | (header.SourcePort == 0) | (header.DestinationPort == 0)
                | ((header.Ttl >= HighTtl) & ((marks & TtlExempt) == 0));
        }

        if (header.Protocol == IpProtocol.Udp)
        {
            return header.SourcePort == 0 || header.DestinationPort is 0 or 80 || header.Ttl >= HighTtl;
        }

        if (header.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6)
            return false;

        return header.Protocol != IpProtocol.Ipv6 || header.Ttl >= HighTtl;
    }
}
