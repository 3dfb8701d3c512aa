namespace Kizashi.Simulation.Truth;

/// <summary>The way of one source over the darknet on one port, with the count of the event that goes on.</summary>
internal struct Walk
{
    /// <summary>Number of the next dark address.</summary>
    public ulong Next;

    /// <summary>Number of the event's first dark address.</summary>
    public ulong First;

    public long FirstMillis;
    public long LastMillis;

    /// <summary>Packets of the event, 0 when none goes on.</summary>
    public uint Packets;

    /// <summary>Its source already stands in the sum of what is below the definition.</summary>
    public bool Summed;
}
