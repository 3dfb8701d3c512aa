namespace Kizashi.Wire.Ip;

/// <summary>The packet that an ICMP error quotes: what the victim of a spoofed attack once sent or got.</summary>
public readonly record struct QuotedPacket
{
    public required bool V6 { get; init; }

    /// <summary>Sender of the quoted packet; an IPv4 address stands in the lowest 32 bits.</summary>
    public UInt128 Source { get; init; }

    /// <summary>The address it was sent to; an IPv4 address stands in the lowest 32 bits.</summary>
    public UInt128 Destination { get; init; }

    /// <summary>IANA number of the transport after all extension headers that are there.</summary>
    public byte Protocol { get; init; }

    public byte Ttl { get; init; }

    /// <summary>Length of the quoted packet before it was cut, in bytes.</summary>
    public ushort Length { get; init; }

    /// <summary>The ports are there; false for protocols without, for later fragments and for quotes that end before.</summary>
    public bool HasPorts { get; init; }

    /// <summary>ICMP type for ICMP.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>ICMP code for ICMP.</summary>
    public ushort DestinationPort { get; init; }

    /// <summary>TCP sequence number, 0 if not there.</summary>
    public uint Sequence { get; init; }

    /// <summary>The quote reaches to the TCP flags; routers must quote 8 bytes only.</summary>
    public bool HasTcpFlags { get; init; }

    public byte TcpFlags { get; init; }
}
