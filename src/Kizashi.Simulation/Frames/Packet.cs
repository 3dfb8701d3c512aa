using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Frames;

/// <summary>The fields of a packet that is to be written.</summary>
internal struct Packet
{
    /// <summary>Microseconds since 1970.</summary>
    public long Time;

    public Address Source;
    public Address Destination;

    /// <summary>IANA number; 1 for ICMP of either family.</summary>
    public byte Protocol;

    public byte Ttl;
    public ushort IpId;

    /// <summary>ICMP: type (of ICMPv6 for IPv6).</summary>
    public ushort SourcePort;

    /// <summary>ICMP: code.</summary>
    public ushort DestinationPort;

    public uint Sequence;
    public uint Acknowledgment;
    public byte Flags;
    public ushort Window;
    public TcpOptionSet Options;

    /// <summary>From unicornscan, whose fingerprint shows only over several packets of a source.</summary>
    public bool Unicornscan;

    public readonly bool V6 => !Source.IsV4;
}
