namespace Kizashi.Analyze.Forecasting.Scores;

/// <summary>How well probabilities say what comes true.</summary>
public static class ProbabilityScores
{
    /// <summary>Mean squared distance of the probability from what came, 0..1, less is better (Brier 1950); 0 for none.</summary>
    public static double Brier(ReadOnlySpan<double> said, ReadOnlySpan<bool> came)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(came.Length, said.Length);
        var sum = 0.0;
        for (var at = 0; at < said.Length; at++)
            sum += Square(said[at] - (came[at] ? 1 : 0));

        return sum / Math.Max(1, said.Length);
    }

    /// <summary>The reliability diagram: bins in the order of what was said, none empty.</summary>
    /// <remarks>Each holds about as much variance as the next, p (1 - p) summed, so that rare and likely things are told apart alike. What was said alike is in one bin.</remarks>
    /// <param name="said">Probabilities.</param>
    /// <param name="came">Whether each came true.</param>
    /// <param name="most">Bins at most, at least 1.</param>
    public static IReadOnlyList<ReliabilityBin> Reliability(ReadOnlySpan<double> said, ReadOnlySpan<bool> came, int most = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(came.Length, said.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        double[] sorted = [.. said];
        bool[] outcomes = [.. came];
        Array.Sort(sorted, outcomes);
        var share = sorted.Sum(Variance) / most;
        var bins = new List<ReliabilityBin>();
        for (var from = 0; from < sorted.Length;)
        {
            var (sum, held, trues, to) = (0.0, 0.0, 0, from);
            for (; to < sorted.Length && (to == from || held < share || bins.Count == most - 1 || sorted[to] == sorted[to - 1]); to++)
            {
                sum += sorted[to];
                held += Variance(sorted[to]);
                trues += outcomes[to] ? 1 : 0;
            }

            bins.Add(Bin(sum, trues, to - from));
            from = to;
        }

        return bins;
    }

    private static ReliabilityBin Bin(double sum, int trues, int count)
    {
        const double Z = 1.959964;
        var observed = trues / (double)count;
        var middle = (observed + (Z * Z / (2 * count))) / (1 + (Z * Z / count));
        var half = Z / (1 + (Z * Z / count)) * Math.Sqrt((Variance(observed) / count) + (Z * Z / (4.0 * count * count)));
        return new ReliabilityBin(sum / count, observed, count, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    private static double Variance(double probability) => probability * (1 - probability);

    private static double Square(double value) => value * value;
}
