namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>The threshold that splits numbers into two classes with the greatest variance between them.</summary>
/// <remarks>
/// Otsu, "A threshold selection method from gray-level histograms", 1979; here over all splits of the sorted numbers instead of
/// a histogram's, so the threshold is always one of the numbers and no width of bins is chosen.
/// </remarks>
internal static class Otsu
{
    /// <summary>The least number of the upper class; positive infinity when all numbers are equal.</summary>
    /// <param name="values">In any order; what is not positive and finite counts as 0.</param>
    /// <param name="zeros">Zeros that are not in <paramref name="values"/> but count.</param>
    public static double Threshold(ReadOnlySpan<double> values, long zeros = 0)
    {
        List<double> sorted = [];
        foreach (var value in values)
        {
            if (value > 0 && double.IsFinite(value))
                sorted.Add(value);
            else
                zeros++;
        }

        sorted.Sort();
        var count = sorted.Count + zeros;
        var upper = sorted.Sum();
        var (lower, best, threshold) = (0.0, 0.0, double.PositiveInfinity);
        for (var next = 0; next < sorted.Count; next++)
        {
            var below = zeros + next;
            if (below > 0 && sorted[next] > (next == 0 ? 0 : sorted[next - 1]))
            {
                var apart = (upper / (count - below)) - (lower / below);
                var between = (double)below / count * ((double)(count - below) / count) * apart * apart;
                if (between > best)
                    (best, threshold) = (between, sorted[next]);
            }

            lower += sorted[next];
            upper -= sorted[next];
        }

        return threshold;
    }
}
