namespace Kizashi.Cli.Forecasts;

/// <summary>A series as a file has it.</summary>
/// <param name="Name">Its column's.</param>
/// <param name="Values">Oldest first, NaN where the file has none; equal steps.</param>
/// <param name="Last">Time of the last value; null when the file has no times.</param>
/// <param name="Step">Between two values; null when the file has no times.</param>
internal sealed record ReadSeries(string Name, double[] Values, DateTimeOffset? Last, TimeSpan? Step)
{
    /// <summary>Seasons that such steps have: a day and a week, a week and a year.</summary>
    public IReadOnlyList<int> Periods => Step is not { } step
        ? []
        : [.. ((TimeSpan[])[TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(364)]).Where(season => season.Ticks % step.Ticks == 0).Select(season => season / step).Where(steps => steps is >= 2 and <= 2016).Select(steps => (int)steps)];

    /// <summary>The time of a step ahead, 1 for the first; null without times.</summary>
    public DateTimeOffset? After(int steps) => Last + (Step * steps);
}
