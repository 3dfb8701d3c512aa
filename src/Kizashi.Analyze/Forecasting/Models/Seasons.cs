using System.Numerics;

namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>Which seasons a series has.</summary>
public static class Seasons
{
    // 95 %, one-sided.
    private const double Critical = 1.645;

    /// <summary>Those of the periods that show: what lies above or below its season's mean does so again one season later, more than chance would have it.</summary>
    /// <param name="values">All finite.</param>
    /// <param name="periods">Steps; those with less than two and a half seasons in the values are left out.</param>
    public static IReadOnlyList<int> Of(double[] values, IEnumerable<int> periods)
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. periods.Where(period => period >= 2 && 2 * values.Length >= 5 * period).Distinct().Order().Where(period => Shows(values, period))];
    }

    private static bool Shows(double[] values, int period)
    {
        var rest = WithoutTrend(values, period);
        var power = rest.Sum(value => value * value);
        if (power <= 0)
            return false;

        // Bartlett's limit: correlations at the lags before widen it.
        var squares = 1.0;
        for (var lag = 1; lag < period; lag++)
        {
            var correlation = Correlation(rest, lag) / power;
            squares += 2 * correlation * correlation;
        }

        return Correlation(rest, period) / power > Critical * Math.Sqrt(squares / rest.Length);
    }

    private static double Correlation(double[] rest, int lag)
    {
        var sum = Vector<double>.Zero;
        var later = rest.AsSpan(lag);
        var earlier = rest.AsSpan(0, rest.Length - lag);
        var at = 0;
        for (; at <= earlier.Length - Vector<double>.Count; at += Vector<double>.Count)
            sum += new Vector<double>(later[at..]) * new Vector<double>(earlier[at..]);

        var total = Vector.Sum(sum);
        for (; at < earlier.Length; at++)
            total += later[at] * earlier[at];

        return total;
    }

    private static double[] WithoutTrend(double[] values, int period)
    {
        var sums = new double[values.Length + 1];
        for (var at = 0; at < values.Length; at++)
            sums[at + 1] = sums[at] + values[at];

        var rest = new double[values.Length];
        for (var at = 0; at < values.Length; at++)
        {
            var from = Math.Clamp(at - (period / 2), 0, values.Length - period);
            rest[at] = values[at] - ((sums[from + period] - sums[from]) / period);
        }

        return rest;
    }
}
