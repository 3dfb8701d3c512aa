namespace Kizashi.Simulation.Scenarios;

/// <summary>How a victim, or a router before it, answers an attack.</summary>
public enum AttackAnswer
{
    /// <summary>TCP SYN-ACK of an open port.</summary>
    SynAck,

    /// <summary>TCP RST of a closed port or a full table.</summary>
    Rst,

    /// <summary>ICMP port unreachable that quotes a UDP packet.</summary>
    UdpUnreachable,

    /// <summary>ICMP time exceeded of a router that quotes a TCP SYN.</summary>
    TimeExceeded,

    /// <summary>ICMP echo reply.</summary>
    EchoReply,
}
