namespace Kizashi.Analyze.Forecasting.Bursts;

/// <summary>Tells whether numbers may be exponential with mean 1 (Kolmogorov and Smirnov, with the correction of Stephens 1970).</summary>
internal static class ExponentialTest
{
    /// <summary>Probability that such numbers lie as far from their distribution as these; 1 for none.</summary>
    public static double Agreement(ReadOnlySpan<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        var farthest = 0.0;
        for (var at = 0; at < sorted.Length; at++)
        {
            var part = 1 - Math.Exp(-sorted[at]);
            farthest = Math.Max(farthest, Math.Max(part - (at / (double)sorted.Length), ((at + 1) / (double)sorted.Length) - part));
        }

        var root = Math.Sqrt(sorted.Length);
        var scaled = farthest * (root + 0.12 + (0.11 / Math.Max(root, 1)));

        // The series alternates and does not settle near 0, where it is 1.
        if (scaled < 0.3)
            return 1;

        var sum = 0.0;
        for (var term = 1; term <= 50; term++)
            sum += (term % 2 == 1 ? 2 : -2) * Math.Exp(-2 * term * term * scaled * scaled);

        return Math.Clamp(sum, 0, 1);
    }
}
