namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>How far a count is above what is usual: robust, with a floor below which no history makes one sure.</summary>
internal static class Deviation
{
    private const double LeastSpread = 0.12;
    private const double NewcomerSpread = 0.5;
    private const double ConsistentMad = 1.4826;

    /// <summary>
    /// Standard deviations of a negative binomial law with the mean and a spread of at least an eighth of it, or what
    /// the median absolute deviation of the history says.
    /// </summary>
    public static double OfCount(double count, double mean, double mad)
    {
        var spread = Math.Max(LeastSpread, ConsistentMad * mad / Math.Max(1, mean));
        return (count - mean) / Math.Sqrt(1 + mean + (spread * mean * spread * mean));
    }

    /// <summary>The same for a sum of newcomers, whose rate varies more.</summary>
    public static double OfNewcomers(double sum, double expected) =>
        (sum - expected) / Math.Sqrt(1 + expected + (NewcomerSpread * expected * NewcomerSpread * expected));

    /// <summary>Upper median; 0 of nothing. The values are put in order.</summary>
    public static double Median(Span<int> values)
    {
        if (values.Length == 0)
            return 0;

        values.Sort();
        return values[values.Length / 2];
    }

    /// <summary>Median distance to the median. The values are overwritten.</summary>
    public static double MedianDistance(Span<int> values, double median)
    {
        foreach (ref var value in values)
            value = (int)Math.Abs(value - median);

        return Median(values);
    }
}
