namespace Kizashi.Analyze.Forecasting.Numerics;

/// <summary>Sums for a linear regression with a ridge, solved by Cholesky's method.</summary>
internal sealed class LeastSquares(int size)
{
    private readonly double[] _products = new double[size * size];
    private readonly double[] _targets = new double[size];
    private int _rows;

    public void Add(ReadOnlySpan<double> row, double target)
    {
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
                _products[(i * size) + j] += row[i] * row[j];

            _targets[i] += row[i] * target;
        }

        _rows++;
    }

    /// <summary>The coefficients; null when the rows determine none.</summary>
    /// <param name="ridge">Added to the diagonal for each row; the first coefficient is a constant and free of it.</param>
    public double[]? Solve(double ridge)
    {
        var lower = (double[])_products.Clone();
        for (var i = 1; i < size; i++)
            lower[(i * size) + i] += ridge * _rows;

        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = lower[(i * size) + j];
                for (var k = 0; k < j; k++)
                    sum -= lower[(i * size) + k] * lower[(j * size) + k];

                if (i != j)
                    lower[(i * size) + j] = sum / lower[(j * size) + j];
                else if (sum <= 1e-12 * Math.Max(1e-300, _products[(i * size) + i]))
                    return null;
                else
                    lower[(i * size) + i] = Math.Sqrt(sum);
            }
        }

        var result = (double[])_targets.Clone();
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++)
                result[i] -= lower[(i * size) + k] * result[k];

            result[i] /= lower[(i * size) + i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++)
                result[i] -= lower[(k * size) + i] * result[k];

            result[i] /= lower[(i * size) + i];
        }

        return Array.TrueForAll(result, double.IsFinite) ? result : null;
    }
}
