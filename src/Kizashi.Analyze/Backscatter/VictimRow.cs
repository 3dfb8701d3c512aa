using Kizashi.Analyze.Tables;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze.Backscatter;

/// <summary>One row of Backscatter, with IPv4 and IPv6 victims alike.</summary>
internal struct VictimRow
{
    public UInt128 Victim;
    public DistinctSketch DarkAddresses;
    public DistinctSketch Ports;
    public long First;
    public long Last;
    public ulong Bytes;
    public uint Packets;
    public uint Mismatches;
    public ushort Port;
    public byte Protocol;
    public BackscatterReason Reasons;

    public readonly uint Hash => HashOf(Victim, Protocol);

    public static uint HashOf(UInt128 victim, byte protocol) => (uint)(Hashing.Of(victim, protocol) >> 32);
}
