using Kizashi.Core.Observations;

namespace Kizashi.Analyze.OwnHosts;

/// <summary>What is needed of a FlowTuple that an own host sent.</summary>
internal struct OwnRow
{
    public UInt128 Host;
    public UInt128 Destination;
    public long First;
    public long Last;
    public uint Packets;
    public ushort Port;
    public PacketMarks Marks;
    public byte Protocol;
    public bool Answers;
}
