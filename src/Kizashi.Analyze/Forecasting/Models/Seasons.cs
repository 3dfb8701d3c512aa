using System.Numerics;
using Kizashi.Analyze.Forecasting.Numerics;

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
        return [.. periods.Where(period => period >= 2 && HasRoom(values.Length, period)).Distinct().Order().Where(period => Shows(values, period))];
    }

    /// <summary>Two and a half seasons, so that a phase comes more than twice.</summary>
    internal static bool HasRoom(int length, int period) => 2 * length >= 5 * period;

    private static bool Shows(double[] values, int period)
    {
        double[] rest = [.. values.Zip(SeasonMeans.Of(values, period), (value, mean) => value - mean)];
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
}
