using System.Runtime.Intrinsics;

namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Non-negative Tucker decomposition of a sparse tensor of three modes in least squares.</summary>
/// <remarks>
/// Phan and Cichocki, "Extended HALS algorithm for nonnegative Tucker decomposition", 2011: factors and core are updated in
/// turn by coordinate descent, each coordinate to its exact minimum, so the error never rises. Everything large is a sparse
/// product of <see cref="TensorProducts"/>; all else is of the size of a factor or of the core.
/// </remarks>
internal static class NonNegativeTucker
{
    private const int Width = TensorProducts.Width;
    private const int Lane = 4;
    private const int SweepsOfFactors = 2;
    private const int SweepsOfCore = 10;

    /// <summary>Decomposes, from the start that <see cref="TuckerStart"/> finds.</summary>
    /// <param name="tensor">Where cells are.</param>
    /// <param name="values">What they hold: packets, or a function of them; positive.</param>
    /// <param name="options">Size and when to stop.</param>
    public static TuckerModel Decompose(SparseTensor tensor, ReadOnlySpan<float> values, TuckerOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Core, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Core, Width);
        return Decompose(tensor, values, options, TuckerStart.Of(tensor, values, options.Core));
    }

    /// <summary>Decomposes from the given factors, which are overwritten.</summary>
    public static TuckerModel Decompose(
        SparseTensor tensor, ReadOnlySpan<float> values, TuckerOptions options, (double[] A, double[] B, double[] C) start)
    {
        var squares = 0.0;
        foreach (var value in values)
            squares += (double)value * value;

        var size = options.Core;
        var core = new TuckerCore(size);
        double[][] factors = [start.A, start.B, start.C];
        double[][] products =
        [
            new double[tensor.Minutes * size * Width], new double[tensor.Groups * size * Width],
            new double[tensor.Ports * size * Width],
        ];
        for (var mode = 0; mode < 3; mode++)
            TensorProducts.Gram(factors[mode], core.Grams[mode]);

        TensorProducts.ByPort(tensor, values, (start.A, start.B), size, products[2]);
        core.Aim(products[2], start.C);
        core.Descend(SweepsOfCore);
        var (error, iteration, converged) = (double.PositiveInfinity, 0, squares == 0);
        while (iteration < options.Iterations && !converged)
        {
            iteration++;
            for (var mode = 0; mode < 3; mode++)
            {
                Multiply(tensor, values, mode, factors, products[mode], size);
                Update(core, mode, factors[mode], products[mode]);
            }

            core.Aim(products[2], start.C);
            core.Descend(SweepsOfCore);
            var before = error;
            error = Math.Clamp((squares - core.Explained()) / squares, 0, 1);
            converged = iteration >= options.LeastIterations && Math.Abs(before - error) < options.Tolerance;
            for (var mode = 0; mode < 3; mode++)
                Normalize(core, mode, factors[mode]);
        }

        return new TuckerModel(
            size, core.Weights, start.A, start.B, start.C, squares == 0 ? 0 : error, iteration, converged);
    }

    private static void Multiply(
        SparseTensor tensor, ReadOnlySpan<float> values, int mode, double[][] factors, double[] products, int size)
    {
        switch (mode)
        {
            case 0:
                TensorProducts.ByMinute(tensor, values, (factors[1], factors[2]), size, products);
                break;
            case 1:
                TensorProducts.ByGroup(tensor, values, (factors[0], factors[2]), size, products);
                break;
            default:
                TensorProducts.ByPort(tensor, values, (factors[0], factors[1]), size, products);
                break;
        }
    }

    private static unsafe void Update(TuckerCore core, int mode, double[] factor, double[] products)
    {
        var unfolded = core.Unfold(mode);
        var normal = core.Normal(mode, unfolded);
        var length = unfolded.Length / Width;
        Span<double> targets = stackalloc double[Width];
        fixed (double* rows = products, components = unfolded)
        {
            for (var row = 0; row < factor.Length / Width; row++)
            {
                for (var q = 0; q < length / Width; q++)
                    targets[q] = Dot(rows + ((long)row * length), components + (q * length), length);

                for (var sweep = 0; sweep < SweepsOfFactors; sweep++)
                    Descend(factor.AsSpan(row * Width, length / Width), targets, normal);
            }
        }

        TensorProducts.Gram(factor, core.Grams[mode]);
    }

    private static void Descend(Span<double> row, ReadOnlySpan<double> targets, ReadOnlySpan<double> normal)
    {
        var strongest = 0.0;
        for (var q = 0; q < row.Length; q++)
            strongest = Math.Max(strongest, normal[(q * Width) + q]);

        var least = Math.Max(TuckerCore.Nothing, TuckerCore.Faint * strongest);
        for (var q = 0; q < row.Length; q++)
        {
            var diagonal = normal[(q * Width) + q];
            if (diagonal <= least)
                continue;

            var slope = targets[q];
            for (var other = 0; other < row.Length; other++)
                slope -= normal[(q * Width) + other] * row[other];

            row[q] = Math.Max(0, row[q] + (slope / diagonal));
        }
    }

    private static unsafe double Dot(double* left, double* right, int length)
    {
        var (a, b) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var at = 0; at < length; at += 2 * Lane)
        {
            a = Vector256.FusedMultiplyAdd(Vector256.Load(left + at), Vector256.Load(right + at), a);
            b = Vector256.FusedMultiplyAdd(Vector256.Load(left + at + Lane), Vector256.Load(right + at + Lane), b);
        }

        return Vector256.Sum(a + b);
    }

    // The factor's columns get norm 1, the core their norms: no scale can drift away.
    private static void Normalize(TuckerCore core, int mode, double[] factor)
    {
        var gram = core.Grams[mode];
        for (var q = 0; q < Width; q++)
        {
            var norm = Math.Sqrt(gram[(q * Width) + q]);
            if (norm is 0 or 1)
                continue;

            for (var at = q; at < factor.Length; at += Width)
                factor[at] /= norm;

            core.Scale(mode, q, norm);
        }

        TensorProducts.Gram(factor, gram);
    }
}
