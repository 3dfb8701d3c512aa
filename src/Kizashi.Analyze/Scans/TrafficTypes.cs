namespace Kizashi.Analyze.Scans;

/// <summary>Reads a packet's <see cref="TrafficType"/> off its headers, and says which types are scans.</summary>
internal static class TrafficTypes
{
    /// <summary>
    /// Set in <see cref="Classify"/>'s answer when the packet answers somebody: backscatter, no scan.
    /// </summary>
    public const byte Answer = 0x80;

    public const byte Icmp = 1;
    public const byte Tcp = 6;
    public const byte UdpProtocol = 17;
    public const byte IcmpV6 = 58;

    private const byte Fin = 1;
    private const byte Syn = 2;
    private const byte Rst = 4;
    private const byte Psh = 8;
    private const byte Ack = 16;
    private const byte Urg = 32;

    private static readonly byte[] OfTcp = [.. Enumerable.Range(0, 256).Select(flags => FromFlags((byte)flags))];
    private static readonly byte[] OfIcmp = [.. Enumerable.Range(0, 256).Select(type => FromIcmp((byte)type))];
    private static readonly byte[] OfIcmpV6 = [.. Enumerable.Range(0, 256).Select(type => FromIcmpV6((byte)type))];

    /// <summary>The type, with <see cref="Answer"/> added where it applies.</summary>
    /// <param name="protocol">IANA number.</param>
    /// <param name="tcpFlags">Of TCP.</param>
    /// <param name="icmpType">Of ICMP; a FlowTuple has it as source port.</param>
    public static byte Classify(byte protocol, byte tcpFlags, ushort icmpType) => protocol switch
    {
        Tcp => OfTcp[tcpFlags],
        UdpProtocol => (byte)TrafficType.Udp,
        Icmp => OfIcmp[(byte)icmpType],
        IcmpV6 => OfIcmpV6[(byte)icmpType],
        _ => (byte)TrafficType.Unknown,
    };

    public static bool HasPorts(byte type) => type is >= (byte)TrafficType.TcpSyn and <= (byte)TrafficType.Udp;

    /// <summary>
    /// For people and filters. TCP packets of other flags are told apart where all have the same well-known ones.
    /// </summary>
    public static string NameOf(byte type, byte tcpFlags, bool mixedFlags) => (TrafficType)type switch
    {
        TrafficType.IcmpEchoRequest => "icmp-echo",
        TrafficType.IcmpOther => "icmp-other",
        TrafficType.TcpSyn => "tcp-syn",
        TrafficType.TcpAck => "tcp-ack",
        TrafficType.TcpOther when mixedFlags => "tcp-other",
        TrafficType.TcpOther when tcpFlags == 0 => "tcp-null",
        TrafficType.TcpOther when tcpFlags == Fin => "tcp-fin",
        TrafficType.TcpOther when tcpFlags == (Fin | Psh | Urg) => "tcp-xmas",
        TrafficType.TcpOther => "tcp-other",
        TrafficType.Udp => "udp",
        TrafficType.Unknown => "other",
        _ => "answer",
    };

    // darknet-events internal/decode/decode.go for the types; corsaro3 for what answers: any RST, any SYN with ACK.
    private static byte FromFlags(byte flags)
    {
        var type = flags switch
        {
            Syn => TrafficType.TcpSyn,
            Syn | Ack => TrafficType.TcpSynAck,
            Ack => TrafficType.TcpAck,
            Rst => TrafficType.TcpRst,
            _ => TrafficType.TcpOther,
        };
        var answers = (flags & Rst) != 0 || (flags & (Syn | Ack)) == (Syn | Ack);
        return (byte)((byte)type | (answers ? Answer : 0));
    }

    private static byte FromIcmp(byte type) => type switch
    {
        0 => (byte)TrafficType.IcmpEchoReply | Answer,
        3 => (byte)TrafficType.IcmpDestinationUnreachable | Answer,
        4 => (byte)TrafficType.IcmpSourceQuench | Answer,
        5 => (byte)TrafficType.IcmpRedirect | Answer,
        8 => (byte)TrafficType.IcmpEchoRequest,
        11 => (byte)TrafficType.IcmpTimeExceeded | Answer,
        12 => (byte)TrafficType.IcmpParameterProblem | Answer,
        14 => (byte)TrafficType.IcmpTimestampReply | Answer,
        16 => (byte)TrafficType.IcmpInfoReply | Answer,
        18 => (byte)TrafficType.IcmpAddressMaskReply | Answer,
        _ => (byte)TrafficType.IcmpOther,
    };

    // RFC 4443: 1..4 are errors, of which Packet Too Big (2) has no type of its own at Merit.
    private static byte FromIcmpV6(byte type) => type switch
    {
        1 => (byte)TrafficType.IcmpDestinationUnreachable | Answer,
        2 => (byte)TrafficType.IcmpOther | Answer,
        3 => (byte)TrafficType.IcmpTimeExceeded | Answer,
        4 => (byte)TrafficType.IcmpParameterProblem | Answer,
        128 => (byte)TrafficType.IcmpEchoRequest,
        129 => (byte)TrafficType.IcmpEchoReply | Answer,
        137 => (byte)TrafficType.IcmpRedirect | Answer,
        _ => (byte)TrafficType.IcmpOther,
    };
}
