namespace Kizashi.Analyze.Forecasting.Numerics;

/// <summary>The mean of one whole season around each value of a series; near its ends that of the season that begins or ends there.</summary>
internal static class SeasonMeans
{
    public static double[] Of(double[] values, int period)
    {
        var sums = new double[values.Length + 1];
        for (var at = 0; at < values.Length; at++)
            sums[at + 1] = sums[at] + values[at];

        var means = new double[values.Length];
        for (var at = 0; at < values.Length; at++)
        {
            var from = Math.Clamp(at - (period / 2), 0, Math.Max(0, values.Length - period));
            var to = Math.Min(values.Length, from + period);
            means[at] = (sums[to] - sums[from]) / (to - from);
        }

        return means;
    }
}
