namespace Kizashi.Analyze.OwnHosts;

/// <summary>How own hosts that touch the darknet are followed (the DAEDALUS idea, Inoue et al. 2012).</summary>
public sealed record OwnHostOptions
{
    /// <summary>Seconds of silence after which an event ends. Default 3,600.</summary>
    public int IdleSeconds { get; init; } = 3600;

    /// <summary>Growth in packets after which a host is reported again, as a factor. Default 1.5.</summary>
    public double ReportGrowth { get; init; } = 1.5;

    /// <summary>Seconds of traffic time after which an event that goes on is reported again. Default 300.</summary>
    public int ReportSeconds { get; init; } = 300;

    /// <summary>Hosts followed at once, over all shards. Default 65,536.</summary>
    public int MaxHosts { get; init; } = 65_536;

    /// <summary>
    /// Distinct destinations of a host counted exactly; past it the count is a lower bound. Default 65,536.
    /// </summary>
    public int MaxDestinations { get; init; } = 65_536;

    internal IReadOnlyList<string> Faults() => new OptionFaults("OwnHosts")
        .Range(nameof(IdleSeconds), IdleSeconds, 30, 30 * 86_400)
        .Range(nameof(ReportGrowth), ReportGrowth, 1.01, 1000)
        .Range(nameof(ReportSeconds), ReportSeconds, 1, 86_400)
        .Range(nameof(MaxHosts), MaxHosts, 1, 1 << 24)
        .Range(nameof(MaxDestinations), MaxDestinations, 1, 1 << 24)
        .All;
}
