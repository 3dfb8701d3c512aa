namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>
/// The lasso of one column on its active set: minimizes b'Gb/2 - t'b + penalty * |b|_1 by coordinate descent, with
/// everything it touches gathered into one small dense block.
/// </summary>
internal sealed class LassoColumn
{
    private readonly double[] _factors;
    private readonly double[] _residual;
    private double[] _block = [];
    private int _count;
    private int _stride;

    /// <param name="most">Hosts that can be active at once.</param>
    public LassoColumn(int most)
    {
        _factors = new double[RowKernels.Padded(most)];
        _residual = new double[RowKernels.Padded(most)];
    }

    /// <summary>The coefficients, in the order of the active hosts.</summary>
    public ReadOnlySpan<double> Factors => _factors.AsSpan(0, _count);

    /// <summary>Multiplications done so far: the measure of work.</summary>
    public long Work { get; private set; }

    /// <summary>Takes the active hosts' part of the problem.</summary>
    /// <param name="matrix">The current covariance estimate, rows of <paramref name="stride"/> numbers.</param>
    /// <param name="stride">Numbers from one row to the next.</param>
    /// <param name="target">The column's sample covariances.</param>
    /// <param name="start">Where to start from, indexed as the target.</param>
    /// <param name="active">The active hosts.</param>
    public void Gather(
        ReadOnlySpan<double> matrix,
        int stride,
        ReadOnlySpan<double> target,
        ReadOnlySpan<double> start,
        ReadOnlySpan<int> active)
    {
        _count = active.Length;
        _stride = RowKernels.Padded(_count);
        if (_block.Length < _stride * _stride)
            _block = new double[Math.Max(_stride * _stride, 2 * _block.Length)];

        Array.Clear(_residual, 0, _stride);
        for (var row = 0; row < active.Length; row++)
        {
            var from = matrix.Slice(active[row] * stride, stride);
            var to = _block.AsSpan(row * _stride, _stride);
            for (var column = 0; column < active.Length; column++)
                to[column] = from[active[column]];

            to[active.Length..].Clear();
            _factors[row] = start[active[row]];
            _residual[row] = target[active[row]];
        }

        for (var row = 0; row < _count; row++)
        {
            if (_factors[row] != 0)
                RowKernels.Add(-_factors[row], _block.AsSpan(row * _stride, _stride), _residual.AsSpan(0, _stride));
        }

        Work += 2L * _count * _stride;
    }

    /// <summary>
    /// Descends until no coefficient moves the fit by more than the tolerance; false if <see cref="Work"/> passes what is
    /// allowed before.
    /// </summary>
    public bool Descend(double penalty, double tolerance, long work)
    {
        while (Pass(penalty) > tolerance)
        {
            if (Work > work)
                return false;
        }

        return true;
    }

    private double Pass(double penalty)
    {
        var residual = _residual.AsSpan(0, _stride);
        var most = 0d;
        var moves = 0;
        for (var host = 0; host < _count; host++)
        {
            var variance = _block[(host * _stride) + host];
            var old = _factors[host];
            var slope = residual[host] + (variance * old);
            var factor = slope > penalty ? (slope - penalty) / variance
                : slope < -penalty ? (slope + penalty) / variance
                : 0;
            var step = factor - old;
            if (step == 0)
                continue;

            _factors[host] = factor;
            RowKernels.Add(-step, _block.AsSpan(host * _stride, _stride), residual);
            most = Math.Max(most, Math.Abs(step) * variance);
            moves++;
        }

        Work += (long)moves * _stride;
        return most;
    }
}
