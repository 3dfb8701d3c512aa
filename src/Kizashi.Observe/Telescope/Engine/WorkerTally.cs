namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Counters that need no order among packets; each worker has its own, and they are added up at the end.</summary>
internal sealed class WorkerTally
{
    public long[] Protocols { get; } = new long[256];

    public PortCounts TcpPorts { get; } = new();

    public PortCounts UdpPorts { get; } = new();

    /// <summary>Packets by the set of tools whose marks they bear, see <see cref="ToolCounts.AddMatches"/>.</summary>
    public long[] ToolSets { get; } = new long[1 << ToolCounts.Tools];

    /// <summary>Frames by the reason why they were not decoded, since the last <see cref="TakeStatuses"/>.</summary>
    public long[] Statuses { get; } = new long[16];

    public SegmentCounts Counts;

    public void Add(WorkerTally other)
    {
        Add(Protocols, other.Protocols);
        TcpPorts.Add(other.TcpPorts);
        UdpPorts.Add(other.UdpPorts);
        Add(ToolSets, other.ToolSets);
        Counts.Add(other.Counts);
    }

    /// <summary>Answers the reasons counted since the call before.</summary>
    public long[] TakeStatuses()
    {
        if (!Statuses.AsSpan().ContainsAnyExcept(0))
            return [];

        var taken = (long[])Statuses.Clone();
        Statuses.AsSpan().Clear();
        return taken;
    }

    private static void Add(long[] sums, long[] values)
    {
        for (var index = 0; index < sums.Length; index++)
            sums[index] += values[index];
    }
}
