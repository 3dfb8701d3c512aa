namespace Kizashi.Core.Forecasts;

/// <summary>The outlook of all watched series.</summary>
/// <param name="From">The end of the last hour that is known.</param>
/// <param name="Series">By name.</param>
/// <param name="LeftOut">Counts that belong to no series, since there was no room for theirs.</param>
/// <param name="Surges">What was announced, and how that did.</param>
/// <param name="Took">How long it took.</param>
public sealed record ForecastSnapshot(
    DateTimeOffset From, IReadOnlyDictionary<string, SeriesOutlook> Series, long LeftOut, SurgeRecord Surges, TimeSpan Took);
