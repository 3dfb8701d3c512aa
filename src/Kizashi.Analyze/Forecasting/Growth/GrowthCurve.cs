namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>What was seen of an outbreak, and how curves fit it.</summary>
/// <remarks>A curve's shape is given; its size and the background under it are least squares, weighted for counts. The first fit tells how the counts scatter.</remarks>
internal sealed class GrowthCurve
{
    private const int Rates = 48;
    private const int Sizes = 44;

    // Standard deviation of the background's daily swing, as a part of it.
    private const double Swing = 0.25;

    private static readonly double[] RatesBefore = [-0.1, 0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2];

    private readonly double[] _hours;
    private readonly double[] _counts;
    private readonly double[] _cosines;
    private readonly double[] _sines;
    private readonly double _swing;
    private readonly DateTimeOffset _last;

    /// <param name="windows">In order, at least four.</param>
    public GrowthCurve(List<GrowthObservation> windows)
    {
        _last = windows[^1].At;
        _hours = [.. windows.Select(window => (window.At - _last).TotalHours)];
        _counts = [.. windows.Select(window => window.Hosts)];
        _cosines = [.. _hours.Select(hour => Math.Cos(hour * Math.PI / 12))];
        _sines = [.. _hours.Select(hour => Math.Sin(hour * Math.PI / 12))];
        _swing = Math.Max(1, Swing * _counts.Take((_counts.Length + 3) / 4).Average());
        Dispersion = 1;

        // Twice: what scatters more than independent hosts is weighed less.
        var best = Ways(null).MaxBy(way => way.LogLikelihood);
        var squares = 0.0;
        for (var at = 0; at < _counts.Length; at++)
        {
            var mean = Math.Max(1, best.Background + best.InfectedAfter(_hours[at]));
            squares += Math.Min(50, (_counts[at] - mean) * (_counts[at] - mean) / mean);
        }

        Dispersion = Math.Max(1, squares / Math.Max(1, _counts.Length - 4));
    }

    /// <summary>Variance over mean, at least 1.</summary>
    public double Dispersion { get; }

    public DateTimeOffset TimeOf(double hour) => _last + TimeSpan.FromHours(hour);

    /// <summary>Log-likelihood without any outbreak.</summary>
    public double Background() => Fit(_ => 0, null).LogLikelihood;

    /// <summary>All speeds and sizes, as they fit; with the change of rate that fits best, if it fits better than none by so much.</summary>
    public (IReadOnlyList<GrowthWay> Ways, GrowthChange? Change) Explain(double gain)
    {
        var steady = Ways(null);
        return FindChange(gain, steady.Max(way => way.LogLikelihood)) is { } change ? (Ways(change), change) : (steady, null);
    }

    private IReadOnlyList<GrowthWay> Ways(GrowthChange? change)
    {
        var span = Math.Max(0.1, -_hours[0]);
        var (slowest, fastest) = (Math.Min(0.01, 0.3 / span), Math.Max(4, 12 / span));
        var ways = new List<GrowthWay>(Rates * (Sizes + 1));
        for (var number = 0; number < Rates; number++)
        {
            var rate = slowest * Math.Pow(fastest / slowest, number / (Rates - 1.0));
            for (var size = 0; size < Sizes; size++)
            {
                // How many times the present size it becomes: from filled up to a hundred thousand times.
                var times = 1 + (1e-3 * Math.Pow(1e8, size / (Sizes - 1.0)));
                var fit = Fit(hour => times / (1 + ((times - 1) * Math.Exp(-rate * hour))), change);
                if (fit.Size > 0)
                    ways.Add(new GrowthWay(rate, fit.Size, fit.Size * times, fit.Background, fit.LogLikelihood));
            }

            var falling = Fit(hour => Math.Exp(-rate * hour), change);
            if (falling.Size > 0)
                ways.Add(new GrowthWay(-rate, falling.Size, falling.Size, falling.Background, falling.LogLikelihood));
        }

        return ways.Count > 0 ? ways : [new GrowthWay(-slowest, 1, 1, _counts.Average(), double.MinValue / 4)];
    }

    private GrowthChange? FindChange(double gain, double best)
    {
        GrowthChange? found = null;
        for (var part = 2; part <= 8; part++)
        {
            var hour = _hours[0] * (1 - (part / 10.0));
            foreach (var before in RatesBefore)
            {
                var change = new GrowthChange(hour, before);
                foreach (var after in RatesBefore)
                {
                    if (Math.Abs(after - before) < 0.04)
                        continue;

                    var fit = Fit(at => Math.Exp(after * at), change);
                    if (fit.Size > 0 && fit.LogLikelihood > best + (found is null ? gain : 0))
                        (best, found) = (fit.LogLikelihood, change);
                }
            }
        }

        return found;
    }

    private (double Size, double Background, double LogLikelihood) Fit(Func<double, double> shape, GrowthChange? change)
    {
        var form = new double[_hours.Length];
        for (var at = 0; at < form.Length; at++)
        {
            form[at] = change is { } known && _hours[at] < known.Hour
                ? shape(known.Hour) * Math.Exp(Math.Clamp(known.RateBefore * (_hours[at] - known.Hour), -500, 50))
                : shape(_hours[at]);
        }

        // Of size, background, and the background's day.
        Span<double> found = stackalloc double[4];
        for (var round = 0; round < 2; round++)
            Solve(form, round > 0, found);

        var (size, background) = (found[0], found[1]);
        var log = 0.0;
        for (var at = 0; at < form.Length; at++)
        {
            var mean = Math.Max(0.5, Mean(found, form, at));
            var variance = Dispersion * Math.Max(1, mean);
            log -= (Math.Min(25 * variance, (_counts[at] - mean) * (_counts[at] - mean)) / variance / 2) + (Math.Log(variance) / 2);
        }

        // How far the background swings over a day is roughly known.
        log -= ((found[2] * found[2]) + (found[3] * found[3])) / (2 * _swing * _swing);
        return (size, Math.Max(0, background + found[2]), log);
    }

    private double Mean(ReadOnlySpan<double> found, double[] form, int at) =>
        (found[0] * form[at]) + found[1] + (found[2] * _cosines[at]) + (found[3] * _sines[at]);

    // Weighted least squares with a ridge; a negative background is none.
    private void Solve(double[] form, bool isAgain, Span<double> found)
    {
        Span<double> matrix = stackalloc double[20];
        Span<double> row = stackalloc double[4];
        for (var at = 0; at < form.Length; at++)
        {
            var mean = isAgain ? Mean(found, form, at) : _counts[at];
            var weight = 1 / (Dispersion * Math.Max(1, mean));
            (row[0], row[1], row[2], row[3]) = (form[at], 1, _cosines[at], _sines[at]);
            for (var line = 0; line < 4; line++)
            {
                for (var column = 0; column < 4; column++)
                    matrix[(line * 5) + column] += weight * row[line] * row[column];

                matrix[(line * 5) + 4] += weight * row[line] * _counts[at];
            }
        }

        var ridge = 1 / (_swing * _swing);
        (matrix[12], matrix[18]) = (matrix[12] + ridge, matrix[18] + ridge);
        (matrix[0], matrix[6]) = (matrix[0] + 1e-9, matrix[6] + 1e-9);
        Eliminate(matrix, found);
    }

    // Gauss without pivoting: the matrix is positive definite.
    private static void Eliminate(Span<double> matrix, Span<double> found)
    {
        for (var line = 0; line < 4; line++)
        {
            for (var below = line + 1; below < 4; below++)
            {
                var times = matrix[(below * 5) + line] / matrix[(line * 5) + line];
                for (var column = line; column < 5; column++)
                    matrix[(below * 5) + column] -= times * matrix[(line * 5) + column];
            }
        }

        for (var line = 3; line >= 0; line--)
        {
            var sum = matrix[(line * 5) + 4];
            for (var column = line + 1; column < 4; column++)
                sum -= matrix[(line * 5) + column] * found[column];

            found[line] = sum / matrix[(line * 5) + line];
        }
    }
}
