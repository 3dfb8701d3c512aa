namespace Kizashi.Wire.Capture;

/// <summary>What is particular to a packet's headers.</summary>
[Flags]
public enum PacketTraits : byte
{
    None = 0,
    V6 = 1 << 0,

    /// <summary>A fragment of any position.</summary>
    Fragment = 1 << 1,

    /// <summary>A fragment other than the first: it has no transport header, and ports are 0.</summary>
    LaterFragment = 1 << 2,

    /// <summary>IPv4 options or IPv6 extension headers are there.</summary>
    IpOptions = 1 << 3,

    /// <summary>TCP options are there.</summary>
    TcpOptions = 1 << 4,

    /// <summary>A tunnel (GRE, IP-in-IP, VXLAN, ERSPAN) was seen and not unwrapped.</summary>
    Tunnel = 1 << 5,

    /// <summary>This is the inner packet of a tunnel.</summary>
    Unwrapped = 1 << 6,

    /// <summary>
    /// The transport header is there, but a length in it contradicts the packet's: malformed, yet with addresses, ports and flags to be
    /// used. Real Mirai probes announce TCP options that they do not have.
    /// </summary>
    Contradicted = 1 << 7,
}
