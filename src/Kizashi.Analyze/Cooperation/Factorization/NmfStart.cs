namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>The start of a factorization: absolute values of the leading singular vectors.</summary>
/// <remarks>
/// V has few rows, so its left singular vectors are the eigenvectors of the small VV', and the right ones, times their
/// singular values, are U'V. The singular values go into H; DarkNMF.r leaves them out, which only costs its first update.
/// </remarks>
internal sealed class NmfStart
{
    private readonly CountMatrix _v;
    private readonly double[] _vectors;

    public NmfStart(CountMatrix v)
    {
        _v = v;
        var gram = new double[v.Rows * v.Rows];
        Gram(v, gram);
        for (var row = 0; row < v.Rows; row++)
            SquaredNorm += gram[(row * v.Rows) + row];

        _vectors = new double[v.Rows * v.Rows];
        SymmetricEigen.Decompose(gram, v.Rows, _vectors, new double[v.Rows]);
    }

    /// <summary>Sum of V^2.</summary>
    public double SquaredNorm { get; }

    /// <summary>|U| of the first columns, rows x rank, row major.</summary>
    public float[] W(int rank)
    {
        var w = new float[_v.Rows * rank];
        for (var row = 0; row < _v.Rows; row++)
        {
            for (var k = 0; k < rank; k++)
                w[(row * rank) + k] = (float)Math.Abs(_vectors[(k * _v.Rows) + row]);
        }

        return w;
    }

    /// <summary>|U'V| of the first rows.</summary>
    public unsafe CountMatrix H(int rank)
    {
        var h = new CountMatrix(rank, _v.Columns);
        var weights = new float[rank * _v.Rows];
        for (var at = 0; at < weights.Length; at++)
            weights[at] = (float)_vectors[at];

        fixed (float* values = _v.Values, w = weights, projected = h.Values)
            NmfKernels.Project(values, _v.Stride, _v.Rows, w, rank, projected, _v.Stride);

        foreach (ref var value in h.Values.AsSpan())
            value = Math.Abs(value);

        return h;
    }

    private static unsafe void Gram(CountMatrix v, double[] gram)
    {
        fixed (float* values = v.Values)
        fixed (double* sums = gram)
        {
            for (var first = 0; first < v.Stride; first += Nmf.Tile)
                NmfKernels.Gram(values + first, v.Stride, v.Rows, Math.Min(Nmf.Tile, v.Stride - first), sums);
        }

        for (var row = 0; row < v.Rows; row++)
        {
            for (var column = row + 1; column < v.Rows; column++)
                gram[(row * v.Rows) + column] = gram[(column * v.Rows) + row];
        }
    }
}
