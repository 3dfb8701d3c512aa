namespace Kizashi.Analyze.Scans;

/// <summary>The 18 traffic types of Merit-Research/darknet-events, with their numbers there.</summary>
internal enum TrafficType : byte
{
    IcmpEchoRequest = 0,
    IcmpEchoReply = 1,
    IcmpDestinationUnreachable = 2,
    IcmpSourceQuench = 3,
    IcmpRedirect = 4,
    IcmpTimeExceeded = 5,
    IcmpParameterProblem = 6,
    IcmpTimestampReply = 7,
    IcmpInfoReply = 8,
    IcmpAddressMaskReply = 9,
    IcmpOther = 10,
    TcpSyn = 11,
    TcpSynAck = 12,
    TcpAck = 13,
    TcpRst = 14,
    TcpOther = 15,
    Udp = 16,
    Unknown = 17,
}
