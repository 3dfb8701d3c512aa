namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>
/// One connected part of the hosts at one penalty, solved by block coordinate descent over its columns.
/// </summary>
/// <remarks>
/// Friedman, Hastie, Tibshirani, Biostatistics 9 (2008). W estimates the covariance, with W_ii = S_ii + penalty; a
/// column w of it is W11 b, where b minimizes b'W11 b/2 - s'b + penalty * |b|_1. Row i of <see cref="Factors"/> holds
/// the b of column i.
/// </remarks>
internal sealed class GlassoBlock
{
    private const double Closeness = 0.02;

    private readonly int[] _active;
    private readonly int[] _beyond;
    private readonly double[] _fit;
    private readonly LassoColumn _column;
    private long _scanned;

    /// <param name="count">Hosts of the part, at least 2.</param>
    public GlassoBlock(int count)
    {
        Count = count;
        Stride = RowKernels.Padded(count);
        Sample = new double[count * Stride];
        Covariance = new double[count * Stride];
        Factors = new double[count * Stride];
        _active = new int[count];
        _beyond = new int[count];
        _fit = new double[Stride];
        _column = new LassoColumn(count);
    }

    public int Count { get; }

    public int Stride { get; }

    /// <summary>S; the padding of every row is 0.</summary>
    public double[] Sample { get; }

    /// <summary>W; to begin with positive definite and within the penalty of S.</summary>
    public double[] Covariance { get; }

    /// <summary>The lasso coefficients, one row for each column of W.</summary>
    public double[] Factors { get; }

    /// <summary>Sweeps over all columns done.</summary>
    public int Sweeps { get; private set; }

    /// <summary>Multiplications done.</summary>
    public long Work => _column.Work + _scanned;

    /// <summary>
    /// Sweeps until no entry of W moves by more than the tolerance; false if the work allowed does not suffice.
    /// </summary>
    public bool Solve(double penalty, double tolerance, long work)
    {
        // A column need not be solved closer than the others still move: that saves more than half of the descent.
        // In the end it must be far closer, since every column adds its error to those after it.
        var closest = tolerance / 100;
        var close = Math.Max(closest, penalty / 100);
        for (var moved = double.MaxValue; moved > tolerance || close > closest;)
        {
            Sweeps++;
            var settled = true;
            close = Math.Max(closest, Math.Min(close, moved * Closeness));
            moved = 0;
            for (var host = 0; host < Count; host++)
            {
                if (Work > work)
                    return false;

                settled &= SolveColumn(host, penalty, close, work, out var by);
                moved = Math.Max(moved, by);
            }

            if (!settled)
                return false;
        }

        return true;
    }

    private bool SolveColumn(int host, double penalty, double tolerance, long work, out double moved)
    {
        var target = Sample.AsSpan(host * Stride, Stride);
        var factors = Factors.AsSpan(host * Stride, Stride);
        var row = Covariance.AsSpan(host * Stride, Stride);
        var active = 0;
        for (var other = 0; other < Count; other++)
        {
            if (factors[other] != 0)
                _active[active++] = other;
        }

        bool settled;
        do
        {
            _column.Gather(Covariance, Stride, target, factors, _active.AsSpan(0, active));
            settled = _column.Descend(penalty, tolerance, work - _scanned);
            for (var at = 0; at < active; at++)
                factors[_active[at]] = _column.Factors[at];

            RowKernels.Combine(Covariance, _active.AsSpan(0, active), _column.Factors, _fit);
            _scanned += (long)active * Stride;

            // The column's own entry is no coefficient: it must not look like a violator.
            _fit[host] = target[host];
        }
        while (Admit(target, factors, penalty + tolerance, ref active));

        _fit[host] = row[host];
        moved = RowKernels.Distance(row, _fit);
        _fit.CopyTo(row);
        for (var other = 0; other < Count; other++)
            Covariance[(other * Stride) + host] = _fit[other];

        return settled;
    }

    // Violators join the active hosts; true if there were any. Active ones keep within the bound by themselves.
    private bool Admit(ReadOnlySpan<double> target, ReadOnlySpan<double> factors, double bound, ref int active)
    {
        var found = RowKernels.Beyond(target, _fit, bound, _beyond);
        var before = active;
        for (var at = 0; at < found; at++)
        {
            if (factors[_beyond[at]] == 0 && !_active.AsSpan(0, before).Contains(_beyond[at]))
                _active[active++] = _beyond[at];
        }

        return active > before;
    }
}
