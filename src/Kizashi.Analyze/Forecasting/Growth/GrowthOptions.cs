namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>How growth forecasts are made; the defaults were chosen on simulated training outbreaks only.</summary>
public sealed record GrowthOptions
{
    /// <summary>Length of a window, 1 second..7 days; default null: the usual distance between two.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>The telescope's part of the IPv4 address space, such as 1/65536 for a /16; above 0, at most 1. Default null: not known.</summary>
    public double? TelescopePart { get; init; }

    /// <summary>
    /// Part of a random scanner's probes of hosts it can infect that do infect them: standard deviation of its natural logarithm around 0, 0.05..3. Default 0.4.
    /// </summary>
    public double EfficiencySpread { get; init; } = 0.4;

    /// <summary>Part of outbreaks whose scanning does not look for random addresses, so that its rate says nothing of the size; 0.01..1. Default 0.15.</summary>
    public double OtherScanners { get; init; } = 0.15;

    /// <summary>Probabilities of the bands, each 0.01..0.99. Default a half, four fifths and 95 %.</summary>
    public IReadOnlyList<double> Levels { get; init; } = [0.5, 0.8, 0.95];

    internal IReadOnlyList<string> Faults() => new OptionFaults("Growth forecasts")
        .Range(nameof(Window), (Window ?? TimeSpan.FromHours(1)).TotalSeconds, 1, 7 * 86_400)
        .Range(nameof(TelescopePart), TelescopePart ?? 1, 1e-10, 1)
        .Range(nameof(EfficiencySpread), EfficiencySpread, 0.05, 3)
        .Range(nameof(OtherScanners), OtherScanners, 0.01, 1)
        .Range(nameof(Levels), Levels.DefaultIfEmpty(-1).Min(), 0.01, 0.99)
        .Range(nameof(Levels), Levels.DefaultIfEmpty(-1).Max(), 0.01, 0.99)
        .All;
}
