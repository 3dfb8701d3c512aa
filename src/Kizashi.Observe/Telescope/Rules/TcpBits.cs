namespace Kizashi.Observe.Telescope.Rules;

/// <summary>TCP flags as they lie in the header (RFC 9293, section 3.1) and in a FlowTuple.</summary>
internal static class TcpBits
{
    public const byte Fin = 1;
    public const byte Syn = 2;
    public const byte Rst = 4;
    public const byte Psh = 8;
    public const byte Ack = 16;
    public const byte Urg = 32;

    /// <summary>All but the two of explicit congestion notification.</summary>
    public const byte Classic = 63;

    /// <summary>The flags that tell a SYN that opens a connection from other packets.</summary>
    public const byte Opening = Syn | Ack | Rst | Fin;
}
