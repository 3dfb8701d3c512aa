namespace Kizashi.Analyze.Cooperation.Activity;

/// <summary>What one source did on one port in one shape within a minute.</summary>
internal struct HostActivity
{
    /// <summary>As <see cref="SourceId"/> makes it.</summary>
    public ulong Source;

    /// <summary>As <see cref="PortKey"/> makes it; 0 marks an empty place.</summary>
    public uint Port;

    /// <summary>Value of the <see cref="PacketShape"/>.</summary>
    public uint Shape;

    /// <summary>One bit of 64 by the hash of each destination: how many are set says how many there were.</summary>
    public ulong Destinations;

    /// <summary>Smallest destination; the only one where one bit is set.</summary>
    public uint LeastDestination;

    /// <summary>Packets by slot.</summary>
    public SixSlots Slots;
}
