namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>The latest hours of a series, beside what they usually count.</summary>
internal sealed class RecentHours
{
    private const double Wildest = 5;

    private readonly double[] _counts;
    private readonly double[] _usual;

    public RecentHours(ReadOnlySpan<float> counts, int hours)
    {
        (_counts, _usual) = (new double[hours], new double[hours]);
        for (var ago = 0; ago < hours; ago++)
        {
            var at = counts.Length - 1 - ago;
            (_counts[ago], _usual[ago]) = at < 0 ? (double.NaN, double.NaN) : (counts[at], Smooth(counts, at));
            if (double.IsNaN(_usual[ago]))
                _counts[ago] = double.NaN;
            else if (!double.IsNaN(_counts[ago]))
                Known++;
        }
    }

    public int Known { get; }

    public bool IsLatestKnown => !double.IsNaN(_counts[0]);

    public double LatestUsual => _usual[0];

    /// <summary>The usual count; neighboring hours steady a median of seven.</summary>
    public static double Smooth(ReadOnlySpan<float> counts, int hour)
    {
        var (sum, weights) = (0.0, 0.0);
        for (var beside = -1; beside <= 1; beside++)
        {
            var usual = UsualCounts.Of(counts, hour + beside);
            var weight = beside == 0 ? 2 : 1;
            if (!double.IsNaN(usual))
                (sum, weights) = (sum + (weight * usual), weights + weight);
        }

        return weights > 0 ? sum / weights : double.NaN;
    }

    /// <summary>Least squares of the level and the size of a shape; what errs as its neighbor does is told once.</summary>
    /// <param name="shape">By hours ago; empty for the usual alone.</param>
    /// <param name="spread">Of the counts.</param>
    public ShapeFit Fit(double[] shape, CountSpread spread)
    {
        var (level, size, error) = (1.0, 0.0, 0.0);

        // Again with the spread that the shape has itself.
        for (var round = 0; round < 3; round++)
        {
            var (uu, us, ss, uy, sy) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (var ago = _counts.Length - 1; ago >= 0; ago--)
            {
                if (double.IsNaN(_counts[ago]))
                    continue;

                var (count, usual, form, weight) = Row(shape, spread, ago, level, size);
                (uu, us, ss) = (uu + (weight * usual * usual), us + (weight * usual * form), ss + (weight * form * form));
                (uy, sy) = (uy + (weight * usual * count), sy + (weight * form * count));
            }

            // The usual is somewhere near itself: as good as a few hours that say so.
            var belief = 25.0;
            (uu, uy) = (uu + belief, uy + belief);
            var determinant = (uu * ss) - (us * us);
            if (ss > 0 && determinant > 1e-9 * uu * ss)
                (level, size, error) = (((uy * ss) - (sy * us)) / determinant, ((sy * uu) - (uy * us)) / determinant, Math.Sqrt(uu / determinant));
            else
                (level, size, error) = (uy / uu, 0, 0);

            level = Math.Clamp(level, 0.2, 4);
        }

        return new ShapeFit(level, size, error, Misfit(shape, spread, level, size));
    }

    private double Misfit(double[] shape, CountSpread spread, double level, double size)
    {
        var sum = 25 * (level - 1) * (level - 1);
        for (var ago = _counts.Length - 1; ago >= 0; ago--)
        {
            if (double.IsNaN(_counts[ago]))
                continue;

            var (count, usual, form, weight) = Row(shape, spread, ago, level, size);
            var miss = count - (level * usual) - (size * form);
            sum += Math.Min(Wildest * Wildest, miss * miss * weight) - Math.Log(weight);
        }

        return sum;
    }

    private (double Count, double Usual, double Form, double Weight) Row(double[] shape, CountSpread spread, int ago, double level, double size)
    {
        var form = shape.Length == 0 ? 0 : shape[ago];
        var variance = spread.Variance(Math.Max(0, (level * _usual[ago]) + (size * form)));
        if (ago + 1 >= _counts.Length || double.IsNaN(_counts[ago + 1]))
            return (_counts[ago], _usual[ago], form, 1 / variance);

        var memory = spread.Memory;
        var formBefore = shape.Length == 0 ? 0 : shape[ago + 1];
        var varianceBefore = spread.Variance(Math.Max(0, (level * _usual[ago + 1]) + (size * formBefore)));

        // Errors are alike in units of their own spread.
        memory *= Math.Sqrt(variance / varianceBefore);
        return (
            _counts[ago] - (memory * _counts[ago + 1]), _usual[ago] - (memory * _usual[ago + 1]), form - (memory * formBefore),
            1 / (variance * (1 - (spread.Memory * spread.Memory))));
    }
}
