namespace Kizashi.Analyze.Forecasting.Numerics;

/// <summary>Finds the least value of a function of a few unbounded parameters without its derivatives (Nelder and Mead 1965).</summary>
internal static class NelderMead
{
    /// <param name="function">Anything but a number counts as worst.</param>
    /// <param name="start">Where to begin; is not changed.</param>
    /// <param name="step">Size of the first simplex.</param>
    /// <param name="evaluations">At most so many calls of the function.</param>
    /// <param name="tolerance">Ends once the simplex's values differ by less than this part of the best.</param>
    public static double[] Minimize(Func<double[], double> function, double[] start, double step, int evaluations, double tolerance = 1e-5)
    {
        var size = start.Length;
        var points = new double[size + 1][];
        var values = new double[size + 1];
        for (var at = 0; at <= size; at++)
        {
            points[at] = (double[])start.Clone();
            if (at > 0)
                points[at][at - 1] += step;

            values[at] = Value(function, points[at]);
        }

        for (var calls = size + 1; calls < evaluations;)
        {
            Array.Sort(values, points);
            if (values[size] - values[0] <= tolerance * (Math.Abs(values[0]) + 1e-12))
                break;

            var center = Center(points, size);
            var (tried, value) = Try(function, center, points[size], -1);
            calls++;
            if (value < values[0])
            {
                var (further, best) = Try(function, center, points[size], -2);
                calls++;
                (points[size], values[size]) = best < value ? (further, best) : (tried, value);
            }
            else if (value < values[size - 1])
            {
                (points[size], values[size]) = (tried, value);
            }
            else
            {
                var (nearer, less) = Try(function, center, value < values[size] ? tried : points[size], 0.5);
                calls++;
                if (less < Math.Min(value, values[size]))
                {
                    (points[size], values[size]) = (nearer, less);
                }
                else
                {
                    Shrink(function, points, values);
                    calls += size;
                }
            }
        }

        Array.Sort(values, points);
        return points[0];
    }

    private static double Value(Func<double[], double> function, double[] point) =>
        function(point) is var value && double.IsFinite(value) ? value : double.MaxValue;

    private static double[] Center(double[][] points, int size)
    {
        var center = new double[size];
        for (var at = 0; at < size; at++)
        {
            for (var part = 0; part < size; part++)
                center[part] += points[at][part] / size;
        }

        return center;
    }

    private static (double[] Point, double Value) Try(Func<double[], double> function, double[] center, double[] worst, double factor)
    {
        var point = new double[center.Length];
        for (var part = 0; part < point.Length; part++)
            point[part] = center[part] + (factor * (worst[part] - center[part]));

        return (point, Value(function, point));
    }

    private static void Shrink(Func<double[], double> function, double[][] points, double[] values)
    {
        for (var at = 1; at < points.Length; at++)
        {
            for (var part = 0; part < points[at].Length; part++)
                points[at][part] = points[0][part] + (0.5 * (points[at][part] - points[0][part]));

            values[at] = Value(function, points[at]);
        }
    }
}
