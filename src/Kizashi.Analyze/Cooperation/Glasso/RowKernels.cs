using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>
/// The vector loops of the graphical lasso, over rows whose length is a multiple of <see cref="Lanes"/>.
/// </summary>
/// <remarks>
/// Four lanes and fused multiply-add on every machine, so that the same window gives the same bits everywhere.
/// Callers pad rows with zeros; each loop reads and writes whole vectors within the length of its spans.
/// </remarks>
internal static class RowKernels
{
    public const int Lanes = 4;

    /// <summary>The length of a row that holds so many numbers.</summary>
    public static int Padded(int count) => (count + Lanes - 1) & -Lanes;

    /// <summary>to += factor * row.</summary>
    public static void Add(double factor, ReadOnlySpan<double> row, Span<double> to)
    {
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var target = ref MemoryMarshal.GetReference(to[..row.Length]);
        var times = Vector256.Create(factor);
        for (nuint at = 0; at < (nuint)row.Length; at += Lanes)
        {
            var sum = Vector256.LoadUnsafe(ref target, at);
            Vector256.FusedMultiplyAdd(times, Vector256.LoadUnsafe(ref source, at), sum).StoreUnsafe(ref target, at);
        }
    }

    /// <summary>
    /// to = the sum of factor * row over the listed rows: four rows a pass, so that the target is loaded and stored a
    /// quarter as often.
    /// </summary>
    /// <param name="rows">Matrix, one row each <c>to.Length</c> numbers.</param>
    /// <param name="listed">Which rows.</param>
    /// <param name="factors">One for each listed row.</param>
    /// <param name="to">The sum.</param>
    public static void Combine(
        ReadOnlySpan<double> rows, ReadOnlySpan<int> listed, ReadOnlySpan<double> factors, Span<double> to)
    {
        to.Clear();
        var length = to.Length;
        var taken = 0;
        for (; taken + 4 <= listed.Length; taken += 4)
        {
            ref var first = ref MemoryMarshal.GetReference(rows.Slice(listed[taken] * length, length));
            ref var second = ref MemoryMarshal.GetReference(rows.Slice(listed[taken + 1] * length, length));
            ref var third = ref MemoryMarshal.GetReference(rows.Slice(listed[taken + 2] * length, length));
            ref var fourth = ref MemoryMarshal.GetReference(rows.Slice(listed[taken + 3] * length, length));
            ref var target = ref MemoryMarshal.GetReference(to);
            var (f1, f2) = (Vector256.Create(factors[taken]), Vector256.Create(factors[taken + 1]));
            var (f3, f4) = (Vector256.Create(factors[taken + 2]), Vector256.Create(factors[taken + 3]));
            for (nuint at = 0; at < (nuint)length; at += Lanes)
            {
                var sum = Vector256.FusedMultiplyAdd(
                    f1, Vector256.LoadUnsafe(ref first, at), Vector256.LoadUnsafe(ref target, at));
                var other = f3 * Vector256.LoadUnsafe(ref third, at);
                sum = Vector256.FusedMultiplyAdd(f2, Vector256.LoadUnsafe(ref second, at), sum);
                other = Vector256.FusedMultiplyAdd(f4, Vector256.LoadUnsafe(ref fourth, at), other);
                (sum + other).StoreUnsafe(ref target, at);
            }
        }

        for (; taken < listed.Length; taken++)
            Add(factors[taken], rows.Slice(listed[taken] * length, length), to);
    }

    /// <summary>
    /// Lists where |left - right| passes the bound, and returns how many; the list must have room for all.
    /// </summary>
    public static int Beyond(ReadOnlySpan<double> left, ReadOnlySpan<double> right, double bound, Span<int> list)
    {
        ref var first = ref MemoryMarshal.GetReference(left);
        ref var second = ref MemoryMarshal.GetReference(right[..left.Length]);
        var limit = Vector256.Create(bound);
        var found = 0;
        for (nuint at = 0; at < (nuint)left.Length; at += Lanes)
        {
            var distance = Vector256.Abs(Vector256.LoadUnsafe(ref first, at) - Vector256.LoadUnsafe(ref second, at));
            var beyond = Vector256.GreaterThan(distance, limit).ExtractMostSignificantBits();
            for (; beyond != 0; beyond &= beyond - 1)
                list[found++] = (int)at + System.Numerics.BitOperations.TrailingZeroCount(beyond);
        }

        return found;
    }

    /// <summary>The largest |left - right|; 0 for none.</summary>
    public static double Distance(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ref var first = ref MemoryMarshal.GetReference(left);
        ref var second = ref MemoryMarshal.GetReference(right[..left.Length]);
        var most = Vector256<double>.Zero;
        for (nuint at = 0; at < (nuint)left.Length; at += Lanes)
        {
            most = Vector256.Max(
                most, Vector256.Abs(Vector256.LoadUnsafe(ref first, at) - Vector256.LoadUnsafe(ref second, at)));
        }

        return Math.Max(Math.Max(most[0], most[1]), Math.Max(most[2], most[3]));
    }
}
