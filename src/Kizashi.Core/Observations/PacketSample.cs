using Kizashi.Core.Addresses;

namespace Kizashi.Core.Observations;

/// <summary>One raw packet kept as evidence.</summary>
public sealed record PacketSample
{
    /// <summary>Microseconds since 1970 UTC.</summary>
    public required long TimeMicros { get; init; }

    /// <summary>Whom the packet speaks of: the victim of backscatter, else the sender. Evidence is looked up by this.</summary>
    public required Address Subject { get; init; }

    public required Address Source { get; init; }

    public required Address Destination { get; init; }

    public required byte Protocol { get; init; }

    /// <summary>Destination port of a scan, attacked port of backscatter; ICMP code.</summary>
    public required ushort Port { get; init; }

    /// <summary>The packet from its IP header on, cut to at most 256 bytes.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Length of the IP packet on the wire, bytes.</summary>
    public required int WireLength { get; init; }
}
