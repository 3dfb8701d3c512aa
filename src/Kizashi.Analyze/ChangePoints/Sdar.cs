using Kizashi.Analyze.State;

namespace Kizashi.Analyze.ChangePoints;

/// <summary>A sequentially discounting auto-regressive model of order 2, and how badly each next value fits it.</summary>
/// <remarks>
/// Takeuchi, Yamanishi: A unifying framework for detecting outliers and change points from time series, IEEE TKDE 18
/// (2006). Starts from nothing, as the run published with Dark-TRACER; so the first scores mean little.
/// </remarks>
internal sealed class Sdar(double discount)
{
    // As small an eigenvalue beside the larger one counts as none: the root of the rounding of a double.
    private const double Rank = 1.4901161193847656e-8;

    private double _mean;
    private double _c0;
    private double _c1;
    private double _c2;
    private double _variance;
    private double _last;
    private double _beforeLast;
    private long _count;

    /// <summary>Takes a value.</summary>
    /// <returns>Logarithmic loss, the negative logarithm of the value's density; 0 for the first two.</returns>
    public double Update(double value)
    {
        var (one, two) = (_last, _beforeLast);
        (_beforeLast, _last) = (_last, value);
        if (_count++ < 2)
            return 0;

        _mean = Discount(_mean, value);
        var deviation = value - _mean;
        _c0 = Discount(_c0, deviation * deviation);
        _c1 = Discount(_c1, deviation * (one - _mean));
        _c2 = Discount(_c2, deviation * (two - _mean));
        var (first, second) = Coefficients();
        var error = value - (_mean + (first * (one - _mean)) + (second * (two - _mean)));
        _variance = Discount(_variance, error * error);

        // A series that never moves is predicted perfectly; the bound keeps its loss a number.
        var variance = Math.Max(_variance, 1e-12);
        return (Math.Log(2 * Math.PI * variance) + (error * error / variance)) / 2;
    }

    public void Save(StateWriter writer)
    {
        writer.WriteSpan<double>([_mean, _c0, _c1, _c2, _variance, _last, _beforeLast]);
        writer.Write(_count);
    }

    public void Load(StateReader reader)
    {
        if (reader.ReadSpan<double>(7) is not [var mean, var c0, var c1, var c2, var variance, var last, var before])
            throw new InvalidDataException("a model of another order");

        (_mean, _c0, _c1, _c2, _variance, _last, _beforeLast) = (mean, c0, c1, c2, variance, last, before);
        _count = reader.Read<long>();
    }

    private double Discount(double before, double value) => ((1 - discount) * before) + (discount * value);

    // Yule-Walker: the symmetric 2x2 Toeplitz matrix has the eigenvectors (1,1) and (1,-1); its pseudo-inverse leaves out
    // a vanishing one.
    private (double First, double Second) Coefficients()
    {
        var (sum, difference) = (_c0 + _c1, _c0 - _c1);
        var least = Rank * Math.Max(Math.Abs(sum), Math.Abs(difference));
        var even = Math.Abs(sum) > least ? (_c1 + _c2) / 2 / sum : 0;
        var odd = Math.Abs(difference) > least ? (_c1 - _c2) / 2 / difference : 0;
        return (even + odd, even - odd);
    }
}
