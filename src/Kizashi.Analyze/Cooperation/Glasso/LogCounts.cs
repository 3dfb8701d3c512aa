namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>
/// Packet counts as Dark-GLASSO compares them: 0 becomes 0.1, then the natural logarithm, then the population
/// covariance.
/// </summary>
internal static class LogCounts
{
    private const double Least = 0.1;
    private const double Most = 1e18;

    /// <summary>S of the chosen columns, row by row, exactly symmetric, always finite.</summary>
    /// <param name="counts">Samples in rows, groups in columns; what is no number counts as 0.</param>
    /// <param name="groups">Columns.</param>
    /// <param name="chosen">The columns wanted, in rising order.</param>
    public static double[] Covariance(ReadOnlySpan<float> counts, int groups, ReadOnlySpan<int> chosen)
    {
        var stride = RowKernels.Padded(chosen.Length);
        var samples = groups == 0 ? 0 : counts.Length / groups;
        var logs = new double[samples * stride];
        for (var sample = 0; sample < samples; sample++)
        {
            for (var at = 0; at < chosen.Length; at++)
                logs[(sample * stride) + at] = Log(counts[(sample * groups) + chosen[at]]);
        }

        Center(logs, samples, stride, chosen.Length);
        var covariance = new double[chosen.Length * chosen.Length];
        var row = new double[stride];
        for (var first = 0; first < chosen.Length; first++)
        {
            Array.Clear(row);
            for (var sample = 0; sample < samples; sample++)
                RowKernels.Add(logs[(sample * stride) + first], logs.AsSpan(sample * stride, stride), row);

            for (var second = first; second < chosen.Length; second++)
            {
                covariance[(first * chosen.Length) + second] = row[second] / samples;
                covariance[(second * chosen.Length) + first] = row[second] / samples;
            }
        }

        return covariance;
    }

    private static double Log(float count) => Math.Log(count >= Least ? Math.Min(count, Most) : Least);

    private static void Center(double[] logs, int samples, int stride, int columns)
    {
        for (var column = 0; column < columns; column++)
        {
            var sum = 0d;
            for (var sample = 0; sample < samples; sample++)
                sum += logs[(sample * stride) + column];

            for (var sample = 0; sample < samples; sample++)
                logs[(sample * stride) + column] -= sum / samples;
        }
    }
}
