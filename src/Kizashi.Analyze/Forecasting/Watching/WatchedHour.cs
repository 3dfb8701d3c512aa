using Kizashi.Core.Findings;
using Kizashi.Core.Forecasts;

namespace Kizashi.Analyze.Forecasting.Watching;

/// <summary>What followed from an hour that became known.</summary>
/// <param name="Findings">Surges announced, gone on with or over.</param>
/// <param name="Issued">What is said of hours to come, for the record.</param>
/// <param name="Outlooks">Of all series, by name; empty when none were asked for.</param>
public sealed record WatchedHour(IReadOnlyList<Finding> Findings, IReadOnlyList<IssuedForecast> Issued, IReadOnlyDictionary<string, SeriesOutlook> Outlooks);
