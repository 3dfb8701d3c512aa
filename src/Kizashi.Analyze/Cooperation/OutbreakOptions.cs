namespace Kizashi.Analyze.Cooperation;

/// <summary>How outbreaks are looked for. One set of defaults for darknets of any size.</summary>
public sealed record OutbreakOptions
{
    /// <summary>What is one group of sources. Default /16 (Dark-TRACER).</summary>
    public SourceGrouping Grouping { get; init; } = SourceGrouping.Prefix16;

    /// <summary>Groups in excess of what is usual that an outbreak has at least. Default 15.</summary>
    public int MinGroups { get; init; } = 15;

    /// <summary>Standard deviations above its baseline from which a port alarms. Default 8.</summary>
    public double MinDeviation { get; init; } = 8;

    /// <summary>Windows of 10 minutes observed before anything is judged. Default 6.</summary>
    public int WarmUpWindows { get; init; } = 6;

    /// <summary>Share of a port's packets to one destination above which it is a mistake, not a search. Default 0.7.</summary>
    public double Concentration { get; init; } = 0.7;

    /// <summary>
    /// Packets of one source to one port in a minute from which on it is a scanner of its own, for darknets up to /16;
    /// in proportion for larger ones. Default 60 (Dark-NMF).
    /// </summary>
    public int LoudPerMinute { get; init; } = 60;

    /// <summary>Leave out packets whose source the spoof filter holds for forged. Default true.</summary>
    public bool SkipSpoofed { get; init; } = true;

    /// <summary>Windows without excess after which an outbreak has ended. Default 6.</summary>
    public int QuietWindows { get; init; } = 6;

    /// <summary>
    /// Sources with port and shape held for each minute, for each shard and over all of them; 40 bytes each. Past it a
    /// share of all groups stands for the rest. Default 524,288.
    /// </summary>
    public int MaxActivities { get; init; } = 1 << 19;

    /// <summary>Groups with port and shape held for each window; 48 bytes each, twice. Default 1 Mi.</summary>
    public int MaxGroupPorts { get; init; } = 1 << 20;

    /// <summary>Ports with shape whose history is held; 4 KB each, up to 20 KB for the busiest. Default 16,384.</summary>
    public int MaxCells { get; init; } = 1 << 14;

    /// <summary>Outbreaks that are open at once. Default 256.</summary>
    public int MaxOpen { get; init; } = 256;

    /// <summary>
    /// Also the engines that take up to seconds of a processor for a window: glasso, nmf and ntd. Default true. On a wire
    /// a window lasts ten minutes; a day read from a file has 144 of them.
    /// </summary>
    public bool SlowEngines { get; init; } = true;

    internal IReadOnlyList<string> Faults() => new OptionFaults("Outbreaks")
        .Range(nameof(MinGroups), MinGroups, 2, 65_536)
        .Range(nameof(MinDeviation), MinDeviation, 1, 1000)
        .Range(nameof(WarmUpWindows), WarmUpWindows, 0, 432)
        .Range(nameof(Concentration), Concentration, 0, 1)
        .Range(nameof(LoudPerMinute), LoudPerMinute, 1, 1 << 30)
        .Range(nameof(QuietWindows), QuietWindows, 1, 432)
        .Range(nameof(MaxActivities), MaxActivities, 1 << 10, 1 << 26)
        .Range(nameof(MaxGroupPorts), MaxGroupPorts, 1 << 10, 1 << 26)
        .Range(nameof(MaxCells), MaxCells, 16, 1 << 20)
        .Range(nameof(MaxOpen), MaxOpen, 1, 1 << 16)
        .All;
}
