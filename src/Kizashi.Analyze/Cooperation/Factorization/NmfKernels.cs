using System.Runtime.Intrinsics;

namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>The vectorized inner loops of <see cref="Nmf"/>, over a tile of columns.</summary>
/// <remarks>
/// All widths are multiples of <see cref="CountMatrix.Padding"/>, so pointers never pass a row's end: that, and rows
/// allocated in full by the caller, is the argument for their safety. Fused multiply-add rounds once on every machine, so
/// results do not depend on the processor. Blocks of accumulators hide the latency of the multiply-add.
/// </remarks>
internal static unsafe class NmfKernels
{
    private const int Lane = 8;
    private const int Block = CountMatrix.Padding;

    /// <summary>projected[k] = sum over rows of weights[k, row] * values[row]: the tile of W'V.</summary>
    public static void Project(
        float* values, int stride, int rows, float* weights, int rank, float* projected, int width)
    {
        var k = 0;
        for (; k + 2 <= rank; k += 2)
        {
            for (var at = 0; at < width; at += Block)
                ProjectTwo(values + at, stride, rows, weights + (k * rows), projected + (k * width) + at, width);
        }

        for (var at = 0; k < rank && at < width; at += Block)
            ProjectOne(values + at, stride, rows, weights + (k * rows), projected + (k * width) + at);
    }

    /// <summary>
    /// One sweep of coordinate descent over the tile of H: h[k] = max(0, h[k] + (projected[k] - gram[k] h) / gram[k, k]).
    /// </summary>
    public static void Descend(float* projected, int width, float* gram, int rank, float* h, int stride)
    {
        for (var at = 0; at < width; at += Block)
        {
            for (var k = 0; k < rank; k++)
            {
                var diagonal = gram[(k * rank) + k];
                if (diagonal > NmfWork.Nothing)
                    DescendOne(projected + (k * width) + at, gram + (k * rank), (rank, k), h + at, stride);
            }
        }
    }

    /// <summary>sums[row, k] += values[row] . h[k]: the tile's part of VH', added up in double precision.</summary>
    public static void Correlate(float* values, int stride, int rows, float* h, int rank, int width, double* sums)
    {
        var row = 0;
        for (; row + 5 <= rows; row += 5)
        {
            for (var k = 0; k < rank; k++)
                DotFive(values + (row * stride), h + (k * stride), stride, width, sums + (row * rank) + k, rank);
        }

        for (; row < rows; row++)
        {
            for (var k = 0; k < rank; k++)
                sums[(row * rank) + k] += Dot(values + (row * stride), h + (k * stride), width);
        }
    }

    /// <summary>sums[k, j] += h[k] . h[j] for j at most k: the tile's part of HH', lower half.</summary>
    public static void Gram(float* h, int stride, int rank, int width, double* sums)
    {
        for (var k = 0; k < rank; k++)
        {
            for (var j = 0; j <= k; j++)
                sums[(k * rank) + j] += Dot(h + (k * stride), h + (j * stride), width);
        }
    }

    public static double Dot(float* left, float* right, int width)
    {
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (var at = 0; at < width; at += Block)
        {
            a = Vector256.FusedMultiplyAdd(Load(left + at), Load(right + at), a);
            b = Vector256.FusedMultiplyAdd(Load(left + at + Lane), Load(right + at + Lane), b);
            c = Vector256.FusedMultiplyAdd(Load(left + at + (2 * Lane)), Load(right + at + (2 * Lane)), c);
            d = Vector256.FusedMultiplyAdd(Load(left + at + (3 * Lane)), Load(right + at + (3 * Lane)), d);
        }

        return Vector256.Sum(a + b + (c + d));
    }

    private static void DotFive(float* rows, float* h, int stride, int width, double* sums, int step)
    {
        float* r1 = rows + stride, r2 = r1 + stride, r3 = r2 + stride, r4 = r3 + stride;
        var (a, b, c, d, e) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero,
            Vector256<float>.Zero);
        var (f, g, i, j, l) = (a, b, c, d, e);
        for (var at = 0; at < width; at += 2 * Lane)
        {
            var (first, second) = (Load(h + at), Load(h + at + Lane));
            a = Vector256.FusedMultiplyAdd(Load(rows + at), first, a);
            b = Vector256.FusedMultiplyAdd(Load(r1 + at), first, b);
            c = Vector256.FusedMultiplyAdd(Load(r2 + at), first, c);
            d = Vector256.FusedMultiplyAdd(Load(r3 + at), first, d);
            e = Vector256.FusedMultiplyAdd(Load(r4 + at), first, e);
            f = Vector256.FusedMultiplyAdd(Load(rows + at + Lane), second, f);
            g = Vector256.FusedMultiplyAdd(Load(r1 + at + Lane), second, g);
            i = Vector256.FusedMultiplyAdd(Load(r2 + at + Lane), second, i);
            j = Vector256.FusedMultiplyAdd(Load(r3 + at + Lane), second, j);
            l = Vector256.FusedMultiplyAdd(Load(r4 + at + Lane), second, l);
        }

        sums[0] += Vector256.Sum(a + f);
        sums[step] += Vector256.Sum(b + g);
        sums[2 * step] += Vector256.Sum(c + i);
        sums[3 * step] += Vector256.Sum(d + j);
        sums[4 * step] += Vector256.Sum(e + l);
    }

    private static void ProjectTwo(float* values, int stride, int rows, float* weights, float* projected, int width)
    {
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        var (e, f, g, h) = (a, b, c, d);
        for (var row = 0; row < rows; row++, values += stride)
        {
            var (first, second) = (Vector256.Create(weights[row]), Vector256.Create(weights[rows + row]));
            var (v0, v1, v2, v3) =
                (Load(values), Load(values + Lane), Load(values + (2 * Lane)), Load(values + (3 * Lane)));
            a = Vector256.FusedMultiplyAdd(first, v0, a);
            b = Vector256.FusedMultiplyAdd(first, v1, b);
            c = Vector256.FusedMultiplyAdd(first, v2, c);
            d = Vector256.FusedMultiplyAdd(first, v3, d);
            e = Vector256.FusedMultiplyAdd(second, v0, e);
            f = Vector256.FusedMultiplyAdd(second, v1, f);
            g = Vector256.FusedMultiplyAdd(second, v2, g);
            h = Vector256.FusedMultiplyAdd(second, v3, h);
        }

        Store(projected, a, b, c, d);
        Store(projected + width, e, f, g, h);
    }

    private static void ProjectOne(float* values, int stride, int rows, float* weights, float* projected)
    {
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (var row = 0; row < rows; row++, values += stride)
        {
            var weight = Vector256.Create(weights[row]);
            a = Vector256.FusedMultiplyAdd(weight, Load(values), a);
            b = Vector256.FusedMultiplyAdd(weight, Load(values + Lane), b);
            c = Vector256.FusedMultiplyAdd(weight, Load(values + (2 * Lane)), c);
            d = Vector256.FusedMultiplyAdd(weight, Load(values + (3 * Lane)), d);
        }

        Store(projected, a, b, c, d);
    }

    private static void DescendOne(float* projected, float* gram, (int Rank, int K) of, float* h, int stride)
    {
        var (a, b, c, d) = (Load(projected), Load(projected + Lane), Load(projected + (2 * Lane)), Load(projected + (3 * Lane)));
        var other = h;
        for (var j = 0; j < of.Rank; j++, other += stride)
        {
            var weight = Vector256.Create(-gram[j]);
            a = Vector256.FusedMultiplyAdd(weight, Load(other), a);
            b = Vector256.FusedMultiplyAdd(weight, Load(other + Lane), b);
            c = Vector256.FusedMultiplyAdd(weight, Load(other + (2 * Lane)), c);
            d = Vector256.FusedMultiplyAdd(weight, Load(other + (3 * Lane)), d);
        }

        var own = h + (of.K * stride);
        var scale = Vector256.Create(1 / gram[of.K]);
        var zero = Vector256<float>.Zero;
        Store(
            own,
            Vector256.Max(zero, Vector256.FusedMultiplyAdd(scale, a, Load(own))),
            Vector256.Max(zero, Vector256.FusedMultiplyAdd(scale, b, Load(own + Lane))),
            Vector256.Max(zero, Vector256.FusedMultiplyAdd(scale, c, Load(own + (2 * Lane)))),
            Vector256.Max(zero, Vector256.FusedMultiplyAdd(scale, d, Load(own + (3 * Lane)))));
    }

    private static Vector256<float> Load(float* from) => Vector256.Load(from);

    private static void Store(float* to, Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        a.Store(to);
        b.Store(to + Lane);
        c.Store(to + (2 * Lane));
        d.Store(to + (3 * Lane));
    }
}
