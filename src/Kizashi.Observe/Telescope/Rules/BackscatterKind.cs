using System.Runtime.CompilerServices;
using Kizashi.Core.Observations;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Telescope.Rules;

/// <summary>Which packets are answers of victims of attacks with forged sources.</summary>
/// <remarks>
/// CAIDA/corsaro3, plugins/corsaro_dos.c and libcorsaro3_filtering.c: TCP SYN-ACK and any RST; ICMP 0, 3, 4, 5, 11, 12, 14, 16, 18. Direct answers over UDP
/// are left out, as there. IPv6: ICMPv6 errors 1 to 4 and echo reply 129 (RFC 4443).
/// </remarks>
internal static class BackscatterKind
{
    private const uint Replies4 = (1u << 0) | (1u << 14) | (1u << 16) | (1u << 18);
    private const uint Errors4 = (1u << 3) | (1u << 4) | (1u << 5) | (1u << 11) | (1u << 12);

    /// <summary>None when the packet is no backscatter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BackscatterReason Of(in PacketHeader header)
    {
        if ((header.Traits & PacketTraits.LaterFragment) != 0)
            return BackscatterReason.None;

        if (header.Protocol == IpProtocol.Tcp)
        {
            var reason = (header.TcpFlags & TcpBits.Rst) != 0 ? BackscatterReason.Rst : BackscatterReason.None;
            const byte SynAck = TcpBits.Syn | TcpBits.Ack;
            return (header.TcpFlags & SynAck) == SynAck ? reason | BackscatterReason.SynAck : reason;
        }

        return header.Protocol switch
        {
            IpProtocol.Icmp when (header.Traits & PacketTraits.V6) == 0 => OfIcmp4(header.SourcePort),
            IpProtocol.IcmpV6 when (header.Traits & PacketTraits.V6) != 0 => OfIcmp6(header.SourcePort),
            _ => BackscatterReason.None,
        };
    }

    private static BackscatterReason OfIcmp4(ushort type)
    {
        if (type > 31)
            return BackscatterReason.None;

        if ((Errors4 >> type & 1) != 0)
            return BackscatterReason.IcmpError;

        return (Replies4 >> type & 1) != 0 ? BackscatterReason.IcmpReply : BackscatterReason.None;
    }

    private static BackscatterReason OfIcmp6(ushort type) => type switch
    {
        >= 1 and <= 4 => BackscatterReason.IcmpError,
        129 => BackscatterReason.IcmpReply,
        _ => BackscatterReason.None,
    };
}
