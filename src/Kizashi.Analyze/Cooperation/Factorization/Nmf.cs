namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>
/// Non-negative matrix factorization V = WH in least squares by hierarchical alternating least squares (HALS).
/// </summary>
/// <remarks>
/// Cichocki and Phan, "Fast local algorithms for large scale nonnegative matrix and tensor factorizations", 2009; several
/// sweeps over the small factor as in Gillis and Glineur, "Accelerated multiplicative updates and hierarchical ALS", 2012.
/// Each coordinate moves to its exact minimum, so the error never rises; it falls faster than by the multiplicative
/// updates of DarkNMF.r for the same work. One pass over V per iteration: while a tile of columns is in the cache it is
/// projected, its part of H is updated, and its share of VH' and HH' is added up.
/// </remarks>
internal static class Nmf
{
    /// <summary>Columns that are worked on at a time, so that V, H and scratch of a tile stay in the second-level cache.</summary>
    public const int Tile = 512;

    private const int SweepsOfH = 2;
    private const int SweepsOfW = 4;

    /// <summary>Factors at one rank.</summary>
    /// <param name="v">What to explain.</param>
    /// <param name="rank">Components, 1 to the rows of <paramref name="v"/>.</param>
    /// <param name="options">When to stop.</param>
    public static NmfModel Factor(CountMatrix v, int rank, NmfOptions options) => Factor(v, new NmfStart(v), rank, options);

    /// <summary>Factors at one rank from a start that several ranks share.</summary>
    public static NmfModel Factor(CountMatrix v, NmfStart start, int rank, NmfOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, v.Rows);
        return Factor(v, start.SquaredNorm, (start.W(rank), start.H(rank)), options);
    }

    /// <summary>Factors from the given start, which is overwritten with the result.</summary>
    /// <param name="v">What to explain.</param>
    /// <param name="squaredNorm">Sum of V^2.</param>
    /// <param name="start">W, rows x rank, and H.</param>
    /// <param name="options">When to stop.</param>
    public static NmfModel Factor(
        CountMatrix v, double squaredNorm, (float[] W, CountMatrix H) start, NmfOptions options)
    {
        var work = new NmfWork(v, start.W, start.H);
        var cells = Math.Max(1.0, (double)v.Rows * v.Columns);
        var error = double.PositiveInfinity;
        for (var iteration = 1; iteration <= options.Iterations; iteration++)
        {
            work.UpdateH(SweepsOfH);
            work.UpdateW(SweepsOfW);
            var before = error;
            error = Math.Max(0, squaredNorm - work.Explained()) / cells;
            if (Math.Abs(before - error) < options.Tolerance)
                return new NmfModel(start.W, start.H, error, iteration, true);
        }

        return new NmfModel(start.W, start.H, error, options.Iterations, false);
    }
}
