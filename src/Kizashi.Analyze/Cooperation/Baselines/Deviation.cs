namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>How far a count is above what is usual: robust, with a floor below which no history makes one sure.</summary>
internal static class Deviation
{
    private const double UnknownSpread = 0.12;
    private const double LeastSpread = 0.04;
    private const double NewcomerSpread = 0.5;
    private const double NormalTwentieth = 1.96;

    /// <summary>
    /// Standard deviations of a negative binomial law with the mean and the spread the history shows, but at least a
    /// twenty-fifth of the mean; an eighth where the history is too short to show one.
    /// </summary>
    public static double OfCount(double count, UsualCount usual)
    {
        var spread = Math.Max((usual.Spread is null ? UnknownSpread : LeastSpread) * usual.Mean, usual.Spread ?? 0);
        return (count - usual.Mean) / Math.Sqrt(1 + usual.Mean + (spread * spread));
    }

    /// <summary>The same for a sum of newcomers, whose rate varies more.</summary>
    public static double OfNewcomers(double sum, double expected) =>
        (sum - expected) / Math.Sqrt(1 + expected + (NewcomerSpread * expected * NewcomerSpread * expected));

    public static int Sum(ReadOnlySpan<int> values)
    {
        var sum = 0;
        foreach (var value in values)
            sum += value;

        return sum;
    }

    /// <summary>Upper median; 0 of nothing. The values are put in order.</summary>
    public static double Median(Span<int> values)
    {
        if (values.Length == 0)
            return 0;

        values.Sort();
        return values[values.Length / 2];
    }

    /// <summary>
    /// The standard deviation of a normal law of which as many are as far from the median: by the distance that one in
    /// twenty exceeds, so that a few odd windows do not count, and what happens every few hours does. The values are
    /// overwritten.
    /// </summary>
    public static double Spread(Span<int> values)
    {
        var median = Median(values);
        foreach (ref var value in values)
            value = (int)Math.Abs(value - median);

        values.Sort();
        return values[values.Length * 19 / 20] / NormalTwentieth;
    }
}
