namespace Kizashi.Analyze.Backscatter;

/// <summary>
/// What counts as a victim of a denial-of-service attack: the RSDoS rule (Moore et al. 2001; CAIDA corsaro3, dos
/// plugin).
/// </summary>
public sealed record VictimOptions
{
    /// <summary>Packets of backscatter an attack has at least. Default 25.</summary>
    public int MinPackets { get; init; } = 25;

    /// <summary>Seconds from the first to the last packet of an attack at least. Default 60.</summary>
    public int MinSeconds { get; init; } = 60;

    /// <summary>Packets in the busiest 60-s window, sliding by 10 s, at least. Default 30.</summary>
    public int MinPacketsPerMinute { get; init; } = 30;

    /// <summary>Growth in packets after which an attack is reported again, as a factor. Default 1.5.</summary>
    public double ReportGrowth { get; init; } = 1.5;

    /// <summary>Seconds of traffic time between reports of an attack that goes on. Default 60.</summary>
    public int ReportSeconds { get; init; } = 60;

    /// <summary>Victims followed at once, over all shards; 160 bytes each. Default 1 Mi.</summary>
    public int MaxVictims { get; init; } = 1 << 20;

    internal IReadOnlyList<string> Faults() => new OptionFaults("Victims")
        .Range(nameof(MinPackets), MinPackets, 1, int.MaxValue)
        .Range(nameof(MinSeconds), MinSeconds, 0, 86_400)
        .Range(nameof(MinPacketsPerMinute), MinPacketsPerMinute, 1, int.MaxValue)
        .Range(nameof(ReportGrowth), ReportGrowth, 1.01, 1000)
        .Range(nameof(ReportSeconds), ReportSeconds, 1, 86_400)
        .Range(nameof(MaxVictims), MaxVictims, 1024, 1 << 26)
        .All;
}
