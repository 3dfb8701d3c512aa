namespace Kizashi.Core.Forecasts;

/// <summary>The outlook of all watched series.</summary>
/// <param name="From">The end of the last hour that is known.</param>
/// <param name="Series">By name.</param>
/// <param name="LeftOut">Counts that belong to no series, since there was no room for theirs.</param>
/// <param name="Surges">What was announced, and how that did.</param>
/// <param name="Took">How long it took.</param>
public sealed record ForecastSnapshot(
    DateTimeOffset From, IReadOnlyDictionary<string, SeriesOutlook> Series, long LeftOut, SurgeRecord Surges, TimeSpan Took)
{
    /// <summary>Outbreaks that go on, and campaigns.</summary>
    public IReadOnlyList<OutbreakOutlook> Outbreaks { get; init; } = [];

    /// <summary>Victims that may be attacked again; null before any attack.</summary>
    public RecurrenceOutlook? Victims { get; init; }

    /// <summary>Own networks that attacks are about to reach, soonest first.</summary>
    public IReadOnlyList<SweepOutlook> Sweeps { get; init; } = [];
}
