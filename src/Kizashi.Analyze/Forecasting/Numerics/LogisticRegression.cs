namespace Kizashi.Analyze.Forecasting.Numerics;

/// <summary>Probabilities from numbers that speak for or against (maximum likelihood by iteratively reweighted least squares, with a ridge).</summary>
internal sealed class LogisticRegression
{
    private const int Rounds = 25;
    private const double Ridge = 1;

    private readonly double[] _means;
    private readonly double[] _spreads;
    private readonly double[] _weights;

    private LogisticRegression(double[] means, double[] spreads, double[] weights) => (_means, _spreads, _weights) = (means, spreads, weights);

    /// <param name="rows">Each as long as the others; at least one.</param>
    /// <param name="came">Whether it came true, one for each.</param>
    public static LogisticRegression Fit(IReadOnlyList<double[]> rows, IReadOnlyList<bool> came)
    {
        var size = rows[0].Length;
        double[] means = [.. Enumerable.Range(0, size).Select(at => rows.Average(row => row[at]))];
        double[] spreads = [.. Enumerable.Range(0, size).Select(at => Math.Sqrt(rows.Average(row => (row[at] - means[at]) * (row[at] - means[at]))) + 1e-9)];
        var model = new LogisticRegression(means, spreads, new double[size + 1]);
        for (var round = 0; round < Rounds; round++)
        {
            if (model.Improve(rows, came) < 1e-6)
                break;
        }

        return model;
    }

    /// <summary>0..1, never quite either.</summary>
    public double Probability(double[] row) => Math.Clamp(1 / (1 + Math.Exp(-Sum(row))), 1e-4, 1 - 1e-4);

    // Values far beyond all that was learned from say no more than those at its edge.
    private double Scaled(double[] row, int at) => Math.Clamp((row[at] - _means[at]) / _spreads[at], -4, 4);

    // One step of Newton's method, as a regression of the working response (McCullagh and Nelder 1989).
    private double Improve(IReadOnlyList<double[]> rows, IReadOnlyList<bool> came)
    {
        var sums = new LeastSquares(_weights.Length);
        var scaled = new double[_weights.Length];
        for (var number = 0; number < rows.Count; number++)
        {
            var said = Probability(rows[number]);
            var root = Math.Sqrt(said * (1 - said));
            scaled[0] = root;
            for (var at = 1; at < scaled.Length; at++)
                scaled[at] = root * Scaled(rows[number], at - 1);

            sums.Add(scaled, (root * Sum(rows[number])) + (((came[number] ? 1 : 0) - said) / root));
        }

        if (sums.Solve(Ridge / rows.Count) is not { } solved)
            return 0;

        var largest = 0.0;
        for (var at = 0; at < solved.Length; at++)
        {
            var step = Math.Clamp(solved[at] - _weights[at], -2, 2);
            largest = Math.Max(largest, Math.Abs(step));
            _weights[at] += step;
        }

        return largest;
    }

    private double Sum(double[] row)
    {
        var sum = _weights[0];
        for (var at = 0; at < row.Length; at++)
            sum += _weights[at + 1] * Scaled(row, at);

        return sum;
    }
}
