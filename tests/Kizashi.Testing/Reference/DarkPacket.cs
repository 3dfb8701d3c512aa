using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Testing.Reference;

/// <summary>One packet to a dark address, as far as the definitions look at it.</summary>
public sealed record DarkPacket
{
    /// <summary>Milliseconds since 1970 UTC.</summary>
    public required long Millis { get; init; }

    public required Address Source { get; init; }

    public required Address Destination { get; init; }

    /// <summary>IANA number.</summary>
    public byte Protocol { get; init; } = 6;

    /// <summary>For ICMP the type.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>For ICMP the code.</summary>
    public ushort DestinationPort { get; init; }

    public byte TcpFlags { get; init; }

    /// <summary>Of a SYN.</summary>
    public ushort SynWindow { get; init; }

    public PacketMarks Marks { get; init; }
}
