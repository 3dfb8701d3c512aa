using System.Runtime.CompilerServices;
using Kizashi.Core.Observations;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Telescope.Rules;

/// <summary>Marks that scanning tools leave in the headers of their probes.</summary>
/// <remarks>
/// ZMap: ip_id 54321 (zmap, src/probe_modules/packet.c; Merit-Research/darknet-events, annotate.go).
/// Masscan: ip_id = destination ^ destination port ^ sequence, low 16 bits (robertdavidgraham/masscan, src/templ-pkt.c; annotate.go).
/// Mirai: sequence number = destination address (mirai/bot/scanner.c as published 2016; annotate.go).
/// Nmap: SYN with window 1,024 to 4,096 in steps of 1,024 and MSS 1,460 as its only option (nmap, osscan and scan_engine_raw; seen in nDPI's synscan.pcap).
/// Hajime: window 14,600 without options; recalled from reports of 2016, a starting value.
/// Large scale: SYN without options, TTL of 200 or more, window 1,024 (CAIDA/corsaro3, large-scale scan filter).
/// Unicornscan: sequence = session key ^ destination in network order ^ (destination port &lt;&lt; 16 + source port) (unicornscan, src/tcphash.h), so two
/// probes of a session give the same key.
/// </remarks>
internal static unsafe class ToolFingerprints
{
    private const ushort ZMapId = 54321;
    private const ushort LargeScaleWindow = 1024;
    private const ushort HajimeWindow = 14600;
    private const byte LargeScaleTtl = 200;
    private const byte BareHeader = 20;
    private const byte NmapHeader = 24;

    /// <summary>Kind 2, length 4, 1,460 as four bytes read little-endian: the MSS option of nmap's probes.</summary>
    private const uint NmapOption = 0xB405_0402;

    /// <summary>Fingerprints of a SYN without ACK over IPv4, not a later fragment.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PacketMarks OfSyn4(in PacketHeader header, byte* ip)
    {
        var folded = (ushort)(header.Destination ^ header.DestinationPort ^ header.Sequence);
        return Mark(header.IpId == ZMapId, PacketMarks.ZMap)
            | Mark(folded == header.IpId, PacketMarks.Masscan)
            | Mark(header.Sequence == header.Destination, PacketMarks.Mirai)
            | OfSyn(header, ip);
    }

    /// <summary>Fingerprints of a SYN without ACK that do not depend on the address family.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PacketMarks OfSyn(in PacketHeader header, byte* ip)
    {
        if (header.TcpHeaderLength == BareHeader)
        {
            return Mark((header.Window == LargeScaleWindow) & (header.Ttl >= LargeScaleTtl), PacketMarks.LargeScale)
                | Mark(header.Window == HajimeWindow, PacketMarks.Hajime);
        }

        return header.TcpHeaderLength == NmapHeader && IsNmap(header, ip) ? PacketMarks.Nmap : PacketMarks.None;
    }

    /// <summary>ZMap's mark on probes other than TCP: UDP and ICMP echo requests.</summary>
    public static PacketMarks OfDatagram4(in PacketHeader header) =>
        header.IpId == ZMapId
            && (header.Protocol == IpProtocol.Udp || (header.Protocol == IpProtocol.Icmp && header.SourcePort == 8))
            ? PacketMarks.ZMap
            : PacketMarks.None;

    /// <summary>The session key a bare SYN would have, if unicornscan had sent it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint UnicornscanKey(in PacketHeader header) =>
        header.Sequence ^ System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(header.Destination)
            ^ (((uint)header.DestinationPort << 16) + header.SourcePort);

    // Multiplied, not branched on: which tool sent the next probe cannot be foretold.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PacketMarks Mark(bool matches, PacketMarks mark) => (PacketMarks)(Unsafe.BitCast<bool, byte>(matches) * (uint)mark);

    // A header of 24 bytes may be cut off by the snap length; then there is no option to look at.
    private static bool IsNmap(in PacketHeader header, byte* ip) =>
        header.Window is 1024 or 2048 or 3072 or 4096
            && header.Captured >= header.TransportOffset + NmapHeader
            && Unsafe.ReadUnaligned<uint>(ip + header.TransportOffset + BareHeader) == NmapOption;
}
