using Kizashi.Analyze.Forecasting.Models;

namespace Kizashi.Analyze.Forecasting;

/// <summary>Makes of what was measured, with its gaps, what models take.</summary>
public static class SeriesPreparation
{
    /// <summary>What nobody knows: a sensor that was off, a cell that is empty.</summary>
    public const double Unknown = double.NaN;

    // The largest number of which sums of squares over a series are still finite.
    private const double Largest = 1e120;

    /// <summary>
    /// Short gaps are filled with what was one season before or after; of long ones only so much is kept that the seasons stay in step. What is infinite, or too large
    /// for sums, is taken for unknown.
    /// </summary>
    /// <param name="values">Oldest first, <see cref="Unknown"/> where nothing is known.</param>
    /// <param name="periods">Seasons it may have, steps.</param>
    public static PreparedSeries Prepare(ReadOnlySpan<double> values, IReadOnlyList<int> periods)
    {
        ArgumentNullException.ThrowIfNull(periods);
        double[] known = [.. values];
        foreach (ref var value in known.AsSpan())
            value = double.IsFinite(value) && Math.Abs(value) <= Largest ? value : Unknown;

        var unknown = known.Count(double.IsNaN);
        var (first, last) = (Array.FindIndex(known, value => !double.IsNaN(value)), Array.FindLastIndex(known, value => !double.IsNaN(value)));
        if (first < 0)
            return new PreparedSeries(new SeriesHistory([], []), unknown, 0, null);

        // What comes after the last known value is not history but the first that is to be forecast.
        var cut = CutLong(known[first..(last + 1)], periods);
        var filled = Fill(cut, periods);
        var least = filled.Min() >= 0 ? 0 : (double?)null;
        return new PreparedSeries(new SeriesHistory(filled, Seasons.Of(filled, periods)), unknown, known.Length - 1 - last, least);
    }

    // A gap longer than it can be filled is shortened by whole seasons.
    private static double[] CutLong(double[] values, IReadOnlyList<int> periods)
    {
        var season = periods.Where(period => values.Length >= 2 * period).DefaultIfEmpty(1).Max();
        var kept = new List<double>(values.Length);
        for (var at = 0; at < values.Length;)
        {
            var end = at;
            while (double.IsNaN(values[end]))
                end++;

            var gap = end - at;
            for (var left = gap > 2 * season ? gap % season : gap; left > 0; left--)
                kept.Add(Unknown);

            kept.Add(values[end]);
            at = end + 1;
        }

        return [.. kept];
    }

    private static double[] Fill(double[] values, IReadOnlyList<int> periods)
    {
        var filled = (double[])values.Clone();
        for (var at = 0; at < values.Length; at++)
        {
            if (!double.IsNaN(values[at]))
                continue;

            filled[at] = OneSeasonAway(values, filled, at, periods) ?? Between(values, filled, at);
        }

        return filled;
    }

    private static double? OneSeasonAway(double[] values, double[] filled, int at, IReadOnlyList<int> periods)
    {
        foreach (var period in periods.OrderDescending().Where(period => Seasons.HasRoom(values.Length, period)))
        {
            if (at >= period)
                return filled[at - period];

            if (at + period < values.Length && !double.IsNaN(values[at + period]))
                return values[at + period];
        }

        return null;
    }

    private static double Between(double[] values, double[] filled, int at)
    {
        var next = at;
        while (double.IsNaN(values[next]))
            next++;

        // The first and the last value are known.
        return filled[at - 1] + ((values[next] - filled[at - 1]) / (next - at + 1));
    }
}
