namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>How counts spread around the usual: the variance is a multiple of the mean, and a part of its square; neighbors err alike.</summary>
/// <param name="Multiple">Of the mean, 1 for sources that come independently of each other.</param>
/// <param name="Relative">Of the square of the mean.</param>
/// <param name="Memory">Correlation of an hour's error with that of the hour before, 0..0.9.</param>
internal readonly record struct CountSpread(double Multiple, double Relative, double Memory)
{
    private const int FewestHours = 24;

    // Medians of squared normal values.
    private const double Half = 0.455;

    public double Variance(double mean) => (Multiple * Math.Max(1, mean)) + (Relative * mean * mean);

    /// <summary>Of hours that are over; a cautious guess where few are known.</summary>
    public static CountSpread Of(ReadOnlySpan<float> counts)
    {
        var (squares, products, all, means) = (new List<double>(), 0.0, 0.0, 0.0);
        var before = double.NaN;
        for (var at = 0; at < counts.Length; at++)
        {
            var usual = RecentHours.Smooth(counts, at);
            var error = float.IsNaN(counts[at]) || double.IsNaN(usual) ? double.NaN : (counts[at] - usual) / Math.Sqrt(Math.Max(1, usual));
            if (!double.IsNaN(error))
            {
                squares.Add(error * error);
                means += Math.Max(1, usual);
            }

            // Wild hours say nothing of neighbors.
            if (!double.IsNaN(error) && !double.IsNaN(before))
                (products, all) = (products + (Clip(error) * Clip(before)), all + (Clip(before) * Clip(before)));

            before = error;
        }

        if (squares.Count < FewestHours)
            return new CountSpread(2, 0.09, 0.3);

        squares.Sort();
        var whole = Math.Max(1, squares[squares.Count / 2] / Half);
        var relative = Math.Max(0, whole - 1.3) / (means / squares.Count);
        return new CountSpread(Math.Min(whole, 1.3), relative, all > 0 ? Math.Clamp(products / all, 0, 0.9) : 0);

        double Clip(double value) => Math.Clamp(value, -6, 6);
    }
}
