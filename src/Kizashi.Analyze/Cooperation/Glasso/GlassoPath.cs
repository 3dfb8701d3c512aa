namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>
/// Sparse inverse covariances of the same hosts at one penalty after another: the precision P that minimizes
/// tr(SP) - log det P + penalty * |P|_1, the diagonal included.
/// </summary>
/// <remarks>
/// The diagonal is penalized, as in R's glasso and so in Dark-TRACER: W_ii = S_ii + penalty. That is what makes a
/// singular S (12 samples of 1,000 hosts) and constant columns well posed. scikit-learn leaves the diagonal free; its
/// answer to S + penalty * I is the answer here to S.
/// <para>
/// From a solution W at a higher penalty the next starts at S + t(W - S), t the ratio of the penalties: as a mean of
/// W and S it is positive definite, and it is within the lower penalty of S. W itself would not be, and descent from
/// there need not converge (Mazumder, Hastie, Electronic Journal of Statistics 6, 2012).
/// </para>
/// </remarks>
internal sealed class GlassoPath
{
    private readonly double[] _sample;
    private readonly double[] _covariance;
    private readonly double[] _factors;
    private readonly GlassoLimits _limits;
    private double _penalty = double.PositiveInfinity;

    /// <param name="sample">S, symmetric and positive semidefinite, row by row; kept, not copied.</param>
    /// <param name="count">Hosts.</param>
    /// <param name="limits">When to stop.</param>
    public GlassoPath(double[] sample, int count, GlassoLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sample.Length, count * count);
        _sample = sample;
        _covariance = new double[sample.Length];
        _factors = new double[sample.Length];
        _limits = limits;
        Count = count;
    }

    public int Count { get; }

    /// <summary>
    /// Solves at the next penalty, above 0; from the solution before if the penalty is lower, else from the start.
    /// </summary>
    public GlassoStep Solve(double penalty)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(penalty);
        var kept = penalty < _penalty && double.IsFinite(_penalty) ? penalty / _penalty : 1;
        Restart(penalty, kept, penalty < _penalty && double.IsFinite(_penalty));
        _penalty = penalty;
        var parts = CovarianceComponents.Find(_sample, Count, Count, penalty);
        var (sweeps, work, converged) = (0, 0L, true);
        var blocks = parts.Select(Cut).ToList();
        Separate();
        foreach (var (part, block) in parts.Zip(blocks))
        {
            converged &= block.Solve(penalty, _limits.Tolerance, _limits.Work - work);
            work += block.Work;
            sweeps = Math.Max(sweeps, block.Sweeps);
            Paste(part, block);
        }

        var edges = 0;
        var linked = new bool[Count];
        VisitEdges((first, second, _) =>
        {
            edges++;
            linked[first] = linked[second] = true;
        });
        var largest = parts.Select(part => part.Length).DefaultIfEmpty().Max();
        return new GlassoStep(
            penalty, edges, linked.Count(has => has), parts.Count, largest, sweeps, work, converged);
    }

    /// <summary>The edges of the last solution, in rising order.</summary>
    public IReadOnlyList<GlassoEdge> Edges()
    {
        List<GlassoEdge> edges = [];
        VisitEdges((first, second, partial) => edges.Add(new GlassoEdge(first, second, partial)));
        return edges;
    }

    /// <summary>W of the last solution, row by row.</summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>P of the last solution, row by row.</summary>
    public double[] Precision()
    {
        var precision = new double[_sample.Length];
        for (var host = 0; host < Count; host++)
        {
            var (at, own) = (host * Count, (host * Count) + host);
            var explained = 0d;
            for (var other = 0; other < Count; other++)
                explained += _covariance[at + other] * _factors[at + other];

            precision[own] = 1 / (_covariance[own] - explained);
        }

        for (var first = 0; first < Count; first++)
        {
            for (var second = first + 1; second < Count; second++)
            {
                var (above, below) = ((first * Count) + second, (second * Count) + first);
                if (_factors[above] == 0 || _factors[below] == 0)
                    continue;

                var (one, other) = (precision[(first * Count) + first], precision[(second * Count) + second]);
                precision[above] = precision[below] = -0.5 * ((_factors[above] * one) + (_factors[below] * other));
            }
        }

        return precision;
    }

    private void Restart(double penalty, double kept, bool warm)
    {
        if (!warm)
        {
            _sample.CopyTo(_covariance, 0);
            Array.Clear(_factors);
        }

        for (var row = 0; row < Count; row++)
        {
            for (var at = row * Count; warm && at < (row + 1) * Count; at++)
                _covariance[at] = _sample[at] + (kept * (_covariance[at] - _sample[at]));

            _covariance[(row * Count) + row] = _sample[(row * Count) + row] + penalty;
        }
    }

    // Between parts the solution is zero.
    private void Separate()
    {
        for (var host = 0; host < Count; host++)
        {
            var own = _covariance[(host * Count) + host];
            _covariance.AsSpan(host * Count, Count).Clear();
            _covariance[(host * Count) + host] = own;
        }
    }

    private GlassoBlock Cut(int[] part)
    {
        var block = new GlassoBlock(part.Length);
        for (var row = 0; row < part.Length; row++)
        {
            for (var column = 0; column < part.Length; column++)
            {
                var (from, to) = ((part[row] * Count) + part[column], (row * block.Stride) + column);
                block.Sample[to] = _sample[from];
                block.Covariance[to] = _covariance[from];
                block.Factors[to] = _factors[from];
            }
        }

        return block;
    }

    private void Paste(int[] part, GlassoBlock block)
    {
        for (var row = 0; row < part.Length; row++)
        {
            for (var column = 0; column < part.Length; column++)
            {
                var (to, from) = ((part[row] * Count) + part[column], (row * block.Stride) + column);
                _covariance[to] = block.Covariance[from];
                _factors[to] = block.Factors[from];
            }
        }
    }

    // Factors are -P_ij / P_jj, so the product of both is the square of the partial correlation. An edge is one in
    // both columns: within the tolerance one of the two may still be zero.
    private void VisitEdges(Action<int, int, double> visit)
    {
        for (var first = 0; first < Count; first++)
        {
            for (var second = first + 1; second < Count; second++)
            {
                var factor = _factors[(first * Count) + second];
                var product = factor * _factors[(second * Count) + first];
                if (product > 0)
                    visit(first, second, Math.Sqrt(Math.Min(product, 1)) * Math.Sign(factor));
            }
        }
    }
}
