using System.Numerics;

namespace Kizashi.Store.Embedded.Rollups;

/// <summary>HyperLogLog over registers of a byte: how many distinct values were added.</summary>
/// <remarks>
/// Estimator of O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017), which has no bias at any
/// cardinality. Standard error 1.04/sqrt(registers): 1.6 % with 4,096 and 6.5 % with 256.
/// </remarks>
internal static class RegisterSketch
{
    public const int SourceBits = 12;
    public const int SourceRegisters = 1 << SourceBits;
    public const int KeyedBits = 8;
    public const int KeyedRegisters = 1 << KeyedBits;

    /// <summary>Rank of the hash's bits above those that choose the register, 1..65-bits.</summary>
    public static byte Rank(ulong hash, int bits) =>
        (byte)(BitOperations.TrailingZeroCount((hash >> bits) | (1UL << (64 - bits))) + 1);

    public static void Merge(Span<byte> into, ReadOnlySpan<byte> from)
    {
        var width = Vector<byte>.Count;
        var index = 0;
        for (; index <= into.Length - width; index += width)
        {
            var merged = Vector.Max(new Vector<byte>(into[index..]), new Vector<byte>(from[index..]));
            merged.CopyTo(into[index..]);
        }

        for (; index < into.Length; index++)
            into[index] = Math.Max(into[index], from[index]);
    }

    public static double Estimate(ReadOnlySpan<byte> registers)
    {
        var count = registers.Length;
        var most = 64 - BitOperations.Log2((uint)count);
        Span<int> histogram = stackalloc int[66];
        histogram.Clear();
        foreach (var rank in registers)
            histogram[Math.Min(rank, most + 1)]++;

        var z = count * Tau(1 - (double)histogram[most + 1] / count);
        for (var rank = most; rank >= 1; rank--)
            z = 0.5 * (z + histogram[rank]);

        z += count * Sigma((double)histogram[0] / count);
        return 0.5 / Math.Log(2) * count * count / z;
    }

    private static double Sigma(double x)
    {
        if (x >= 1)
            return double.PositiveInfinity;

        var (y, z) = (1.0, x);
        double before;
        do
        {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        }
        while (z > before);
        return z;
    }

    private static double Tau(double x)
    {
        if (x is <= 0 or >= 1)
            return 0;

        var (y, z) = (1.0, 1 - x);
        double before;
        do
        {
            x = Math.Sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }
        while (z < before);
        return z / 3;
    }
}
