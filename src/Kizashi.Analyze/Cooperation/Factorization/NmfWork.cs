namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>The factors of a factorization under way, with its scratch.</summary>
internal sealed class NmfWork
{
    /// <summary>A component whose squares sum to no more is not there and is left as it is.</summary>
    public const float Nothing = 1e-20f;

    private const double LeastNorm = 1e-6;
    private const double MostNorm = 1e6;

    private readonly CountMatrix _v;
    private readonly CountMatrix _h;
    private readonly float[] _w;
    private readonly float[] _weights;
    private readonly float[] _gramOfW;
    private readonly float[] _projected;
    private readonly double[] _correlations;
    private readonly double[] _gramOfH;

    /// <param name="v">What to explain.</param>
    /// <param name="w">Rows of V x rank, updated in place.</param>
    /// <param name="h">Rank x columns of V, updated in place.</param>
    public NmfWork(CountMatrix v, float[] w, CountMatrix h)
    {
        (_v, _w, _h) = (v, w, h);
        var rank = h.Rows;
        _weights = new float[rank * v.Rows];
        _gramOfW = new float[rank * rank];
        _projected = new float[rank * Math.Min(Nmf.Tile, v.Stride)];
        _correlations = new double[v.Rows * rank];
        _gramOfH = new double[rank * rank];
    }

    /// <summary>Sweeps of coordinate descent over H, then VH' and HH' of the new H.</summary>
    public unsafe void UpdateH(int sweeps)
    {
        var (rank, rows) = (_h.Rows, _v.Rows);
        Transpose();
        Array.Clear(_correlations);
        Array.Clear(_gramOfH);
        fixed (float* v = _v.Values, h = _h.Values, weights = _weights, gram = _gramOfW, projected = _projected)
        fixed (double* correlations = _correlations, gramOfH = _gramOfH)
        {
            for (var first = 0; first < _v.Stride; first += Nmf.Tile)
            {
                var width = Math.Min(Nmf.Tile, _v.Stride - first);
                NmfKernels.Project(v + first, _v.Stride, rows, weights, rank, projected, width);
                for (var sweep = 0; sweep < sweeps; sweep++)
                    NmfKernels.Descend(projected, width, gram, rank, h + first, _h.Stride);

                NmfKernels.Correlate(v + first, _v.Stride, rows, h + first, rank, width, correlations);
                NmfKernels.Gram(h + first, _h.Stride, rank, width, gramOfH);
            }
        }

        for (var k = 0; k < rank; k++)
        {
            for (var j = k + 1; j < rank; j++)
                _gramOfH[(k * rank) + j] = _gramOfH[(j * rank) + k];
        }
    }

    /// <summary>Sweeps of coordinate descent over W.</summary>
    public void UpdateW(int sweeps)
    {
        var rank = _h.Rows;
        for (var row = 0; row < _v.Rows; row++)
        {
            var w = _w.AsSpan(row * rank, rank);
            var correlation = _correlations.AsSpan(row * rank, rank);
            for (var sweep = 0; sweep < sweeps; sweep++)
                Descend(w, correlation, _gramOfH);
        }

        for (var k = 0; k < rank; k++)
            Balance(k);
    }

    /// <summary>2 tr(W'VH') - tr(W'W HH'): what the factors take away from the sum of V^2.</summary>
    public double Explained()
    {
        var rank = _h.Rows;
        var sum = 0.0;
        for (var row = 0; row < _v.Rows; row++)
        {
            for (var k = 0; k < rank; k++)
            {
                var fitted = 0.0;
                for (var j = 0; j < rank; j++)
                    fitted += _w[(row * rank) + j] * _gramOfH[(j * rank) + k];

                sum += _w[(row * rank) + k] * ((2 * _correlations[(row * rank) + k]) - fitted);
            }
        }

        return sum;
    }

    private static void Descend(Span<float> w, ReadOnlySpan<double> correlation, ReadOnlySpan<double> gram)
    {
        var rank = w.Length;
        for (var k = 0; k < rank; k++)
        {
            var diagonal = gram[(k * rank) + k];
            if (diagonal <= Nothing)
                continue;

            var slope = correlation[k];
            for (var j = 0; j < rank; j++)
                slope -= gram[(k * rank) + j] * w[j];

            w[k] = (float)Math.Max(0, w[k] + (slope / diagonal));
        }
    }

    // W and H may trade scale for ever; this keeps both far from the ends of a float. Powers of two change no digit.
    private void Balance(int k)
    {
        var rank = _h.Rows;
        var squares = 0.0;
        for (var row = 0; row < _v.Rows; row++)
            squares += (double)_w[(row * rank) + k] * _w[(row * rank) + k];

        var norm = Math.Sqrt(squares);
        if (norm is 0 or (> LeastNorm and < MostNorm))
            return;

        var scale = MathF.ScaleB(1, Math.ILogB(norm));
        for (var row = 0; row < _v.Rows; row++)
        {
            _w[(row * rank) + k] /= scale;
            _correlations[(row * rank) + k] *= scale;
        }

        foreach (ref var value in _h.Row(k))
            value *= scale;

        for (var j = 0; j < rank; j++)
        {
            _gramOfH[(k * rank) + j] *= scale;
            _gramOfH[(j * rank) + k] *= scale;
        }
    }

    private void Transpose()
    {
        var (rank, rows) = (_h.Rows, _v.Rows);
        for (var row = 0; row < rows; row++)
        {
            for (var k = 0; k < rank; k++)
                _weights[(k * rows) + row] = _w[(row * rank) + k];
        }

        for (var k = 0; k < rank; k++)
        {
            for (var j = 0; j < rank; j++)
            {
                var sum = 0.0;
                for (var row = 0; row < rows; row++)
                    sum += (double)_weights[(k * rows) + row] * _weights[(j * rows) + row];

                _gramOfW[(k * rank) + j] = (float)sum;
            }
        }
    }
}
