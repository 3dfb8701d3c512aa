using System.Runtime.InteropServices;

namespace Kizashi.Wire.Capture;

/// <summary>The outermost IP and transport header of a frame, as far as the telescope's hot path needs it. 48 bytes.</summary>
/// <remarks>For IPv6 the addresses are read from the frame at <see cref="IpOffset"/>; the two v4 fields are 0 then.</remarks>
[StructLayout(LayoutKind.Sequential)]
public struct PacketHeader
{
    /// <summary>Microseconds since 1970 UTC.</summary>
    public long TimeMicros;

    /// <summary>IPv4 source, host order.</summary>
    public uint Source;

    /// <summary>IPv4 destination, host order.</summary>
    public uint Destination;

    /// <summary>TCP sequence number.</summary>
    public uint Sequence;

    /// <summary>Offset of the IP header in the block's data; -1 without one.</summary>
    public int IpOffset;

    /// <summary>Captured bytes from the IP header to the end of the frame (link trailer cut off where the IP length tells).</summary>
    public int Captured;

    /// <summary>ICMP type for ICMP and ICMPv6; 0 without ports.</summary>
    public ushort SourcePort;

    /// <summary>ICMP code for ICMP and ICMPv6; 0 without ports.</summary>
    public ushort DestinationPort;

    /// <summary>IP packet length on the wire in bytes; IPv6 jumbograms are counted malformed.</summary>
    public ushort Length;

    /// <summary>IPv4 identification, 0 for IPv6.</summary>
    public ushort IpId;

    /// <summary>TCP window as in the header.</summary>
    public ushort Window;

    /// <summary>Bytes from the IP header to the transport header, extension headers included.</summary>
    public ushort TransportOffset;

    /// <summary>IANA number of the transport after all extension headers.</summary>
    public byte Protocol;

    public byte Ttl;

    public byte TcpFlags;

    /// <summary>TCP header length in bytes as the header says, 0 for others; options may have been cut off by the snap length.</summary>
    public byte TcpHeaderLength;

    public PacketTraits Traits;

    public DecodeStatus Status;

    /// <summary>Addresses, ports and flags can be used: well formed, or malformed by a contradicting length only.</summary>
    public readonly bool IsUsable => Status == DecodeStatus.Ok || (Traits & PacketTraits.Contradicted) != 0;
}
