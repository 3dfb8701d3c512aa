namespace Kizashi.Simulation.Truth;

/// <summary>What one source has sent on the current UTC day.</summary>
internal struct DayCount
{
    /// <summary>Days since 1970; meaningless while there are no packets.</summary>
    public int Day;

    public uint Packets;

    /// <summary>One bit for each TCP or UDP port, by its number in the source's own list.</summary>
    public ulong Ports;

    public long FirstMillis;
    public long LastMillis;
}
