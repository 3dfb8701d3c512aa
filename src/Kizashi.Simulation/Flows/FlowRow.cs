using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Simulation.Flows;

/// <summary>One row of FlowTuples before its sensor and shard are known.</summary>
internal readonly record struct FlowRow
{
    public Address Source { get; init; }

    public Address Destination { get; init; }

    public ushort SourcePort { get; init; }

    public ushort DestinationPort { get; init; }

    public byte Protocol { get; init; }

    public byte Ttl { get; init; }

    public byte Flags { get; init; }

    /// <summary>IP packet length in bytes.</summary>
    public ushort Length { get; init; }

    /// <summary>TCP header length of a SYN, else 0.</summary>
    public ushort SynLength { get; init; }

    /// <summary>TCP window of a SYN, else 0.</summary>
    public ushort SynWindow { get; init; }

    public PacketMarks Marks { get; init; }

    /// <summary>Recorded time, milliseconds since 1970.</summary>
    public long Millis { get; init; }

    public uint Packets { get; init; }
}
