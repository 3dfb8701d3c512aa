namespace Kizashi.Portal.Charts;

/// <summary>One line or group of bars.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Values">One per category or step; null is drawn as a gap.</param>
/// <param name="Times">Milliseconds since 1970 of each value where they are not evenly spaced, else null.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<double?> Values, IReadOnlyList<long>? Times = null);
