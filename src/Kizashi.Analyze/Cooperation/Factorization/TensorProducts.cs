using System.Runtime.Intrinsics;

namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>A sparse tensor multiplied by the factors of two of its modes: what is left is a matrix of the third.</summary>
/// <remarks>
/// Factors have <see cref="Width"/> numbers a row, those past the core zero. A row of a result holds Core x Width numbers: for
/// each component of the earlier of the two modes, the components of the later. The cost is proportional to the cells, the
/// dense tensor never exists. Safety of the pointers: minutes, groups and ports of a tensor lie within its extents, which
/// <see cref="SparseTensor.Of"/> checks, and factors have as many rows.
/// </remarks>
internal static unsafe class TensorProducts
{
    /// <summary>Numbers in a row of a factor: two vectors.</summary>
    public const int Width = 8;

    private const int Lane = 4;

    /// <summary>minutes x (group components x port components).</summary>
    public static void ByMinute(
        SparseTensor tensor, ReadOnlySpan<float> values, (double[] B, double[] C) of, int core, double[] result)
    {
        Array.Clear(result);
        var product = stackalloc double[Width * Width];
        fixed (double* bs = of.B, cs = of.C, sums = result)
        {
            for (var fiber = 0; fiber < tensor.Fibers; fiber++)
            {
                double* b = bs + ((long)tensor.Group[fiber] * Width), c = cs + ((long)tensor.Port[fiber] * Width);
                for (var q = 0; q < Width * Width; q++)
                    product[q] = 0;

                AddOuter(b, c, core, product);
                for (var cell = tensor.First[fiber]; cell < tensor.First[fiber + 1]; cell++)
                {
                    var value = Vector256.Create((double)values[cell]);
                    var row = sums + (tensor.Minute[cell] * core * Width);
                    for (var at = 0; at < core * Width; at += Lane)
                    {
                        Vector256.FusedMultiplyAdd(value, Vector256.Load(product + at), Vector256.Load(row + at))
                            .Store(row + at);
                    }
                }
            }
        }
    }

    /// <summary>groups x (time components x port components).</summary>
    public static void ByGroup(
        SparseTensor tensor, ReadOnlySpan<float> values, (double[] A, double[] C) of, int core, double[] result)
    {
        Array.Clear(result);
        var time = stackalloc double[Width];
        fixed (double* a = of.A, c = of.C, sums = result)
        {
            for (var fiber = 0; fiber < tensor.Fibers; fiber++)
            {
                AddUp(tensor, values, fiber, a, time);
                AddOuter(
                    time, c + ((long)tensor.Port[fiber] * Width), core, sums + ((long)tensor.Group[fiber] * core * Width));
            }
        }
    }

    /// <summary>ports x (time components x group components).</summary>
    public static void ByPort(
        SparseTensor tensor, ReadOnlySpan<float> values, (double[] A, double[] B) of, int core, double[] result)
    {
        Array.Clear(result);
        var time = stackalloc double[Width];
        fixed (double* a = of.A, b = of.B, sums = result)
        {
            for (var fiber = 0; fiber < tensor.Fibers; fiber++)
            {
                AddUp(tensor, values, fiber, a, time);
                AddOuter(
                    time, b + ((long)tensor.Group[fiber] * Width), core, sums + ((long)tensor.Port[fiber] * core * Width));
            }
        }
    }

    /// <summary>Sum of left[row] right[row]' over the rows: Width x Width, row major.</summary>
    public static void Gram(double[] factor, Span<double> gram)
    {
        gram.Clear();
        fixed (double* rows = factor, sums = gram)
        {
            for (var at = 0; at < factor.Length; at += Width)
                AddOuter(rows + at, rows + at, Width, sums);
        }
    }

    // The fiber's cells times the rows of the time factor.
    private static void AddUp(SparseTensor tensor, ReadOnlySpan<float> values, int fiber, double* a, double* time)
    {
        var (low, high) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var cell = tensor.First[fiber]; cell < tensor.First[fiber + 1]; cell++)
        {
            var value = Vector256.Create((double)values[cell]);
            var row = a + (tensor.Minute[cell] * Width);
            low = Vector256.FusedMultiplyAdd(value, Vector256.Load(row), low);
            high = Vector256.FusedMultiplyAdd(value, Vector256.Load(row + Lane), high);
        }

        low.Store(time);
        high.Store(time + Lane);
    }

    private static void AddOuter(double* left, double* right, int core, double* sums)
    {
        var (low, high) = (Vector256.Load(right), Vector256.Load(right + Lane));
        for (var p = 0; p < core; p++, sums += Width)
        {
            var weight = Vector256.Create(left[p]);
            Vector256.FusedMultiplyAdd(weight, low, Vector256.Load(sums)).Store(sums);
            Vector256.FusedMultiplyAdd(weight, high, Vector256.Load(sums + Lane)).Store(sums + Lane);
        }
    }
}
