namespace Kizashi.Analyze.Cooperation.Activity;

/// <summary>One row of FlowTuples as the outbreak analyzer sees it.</summary>
internal struct HostPacket
{
    public ulong Source;
    public uint Port;
    public uint Shape;

    /// <summary>An IPv4 address, or the folded hash of an IPv6 one.</summary>
    public uint Destination;

    public uint Packets;

    /// <summary>0..5 within its minute.</summary>
    public int Slot;
}
