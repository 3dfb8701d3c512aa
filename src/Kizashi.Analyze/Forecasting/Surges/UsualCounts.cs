namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>What an hour usually counts: the median of the same hour of the seven days before.</summary>
public static class UsualCounts
{
    private const int Days = 7;
    private const int FewestDays = 4;
    private const int HoursOfDay = 24;

    /// <summary>NaN when fewer than four of the days are known.</summary>
    /// <param name="counts">By the hour, NaN where nothing observed.</param>
    /// <param name="hour">Up to a day past the last.</param>
    public static double Of(ReadOnlySpan<float> counts, int hour)
    {
        Span<float> days = stackalloc float[Days];
        var known = 0;
        for (var day = 1; day <= Days; day++)
        {
            var at = hour - (day * HoursOfDay);
            if (at >= 0 && at < counts.Length && !float.IsNaN(counts[at]))
                days[known++] = counts[at];
        }

        if (known < FewestDays)
            return double.NaN;

        days = days[..known];
        days.Sort();
        return known % 2 == 1 ? days[known / 2] : (days[(known / 2) - 1] + days[known / 2]) / 2.0;
    }
}
