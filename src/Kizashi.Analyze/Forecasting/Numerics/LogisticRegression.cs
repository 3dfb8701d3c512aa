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
    public double Probability(double[] row)
    {
        var sum = _weights[^1];
        for (var at = 0; at < row.Length; at++)
            sum += _weights[at] * Scaled(row, at);

        return Math.Clamp(1 / (1 + Math.Exp(-sum)), 1e-4, 1 - 1e-4);
    }

    // Values far beyond all that was learned from say no more than those at its edge.
    private double Scaled(double[] row, int at) => Math.Clamp((row[at] - _means[at]) / _spreads[at], -4, 4);

    private double Improve(IReadOnlyList<double[]> rows, IReadOnlyList<bool> came)
    {
        var size = _weights.Length;
        var matrix = new double[size, size + 1];
        var scaled = new double[size];
        for (var number = 0; number < rows.Count; number++)
        {
            for (var at = 0; at < size - 1; at++)
                scaled[at] = Scaled(rows[number], at);

            scaled[^1] = 1;
            var said = Probability(rows[number]);
            var (weight, error) = (said * (1 - said), (came[number] ? 1 : 0) - said);
            for (var line = 0; line < size; line++)
            {
                for (var column = 0; column < size; column++)
                    matrix[line, column] += weight * scaled[line] * scaled[column];

                matrix[line, size] += error * scaled[line];
            }
        }

        for (var line = 0; line < size; line++)
        {
            var ridge = line == size - 1 ? 1e-6 : Ridge;
            matrix[line, line] += ridge;
            matrix[line, size] -= ridge * _weights[line];
        }

        return Step(matrix);
    }

    // Gauss without pivoting: the matrix is positive definite.
    private double Step(double[,] matrix)
    {
        var size = _weights.Length;
        for (var line = 0; line < size; line++)
        {
            for (var below = line + 1; below < size; below++)
            {
                var times = matrix[below, line] / matrix[line, line];
                for (var column = line; column <= size; column++)
                    matrix[below, column] -= times * matrix[line, column];
            }
        }

        var (steps, largest) = (new double[size], 0.0);
        for (var line = size - 1; line >= 0; line--)
        {
            var sum = matrix[line, size];
            for (var column = line + 1; column < size; column++)
                sum -= matrix[line, column] * steps[column];

            steps[line] = Math.Clamp(sum / matrix[line, line], -2, 2);
            largest = Math.Max(largest, Math.Abs(steps[line]));
            _weights[line] += steps[line];
        }

        return largest;
    }
}
