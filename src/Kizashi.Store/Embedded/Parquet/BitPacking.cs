using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kizashi.Store.Embedded.Parquet;

/// <summary>
/// Packs small numbers into the fewest bits, least significant first, as Parquet's hybrid encoding does.
/// </summary>
internal static class BitPacking
{
    /// <summary>Bits of an index into so many values; 15 becomes 16, which is quicker to write.</summary>
    public static int Width(int count)
    {
        var width = count <= 1 ? 0 : int.Log2(count - 1) + 1;
        return width == 15 ? 16 : width;
    }

    /// <summary>Packs the indices of values; their number is a multiple of eight.</summary>
    /// <param name="values">Values.</param>
    /// <param name="indices">The index of each value there may be, 65,536 of them.</param>
    /// <param name="width">1..14 or 16.</param>
    /// <param name="into">Values times width bits, and eight bytes more.</param>
    /// <remarks>Four values at a time: pairs, then pairs of pairs, then one unaligned write.</remarks>
    public static void Pack(ReadOnlySpan<ushort> values, ushort[] indices, int width, Span<byte> into)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(indices.Length, 1 << 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(into.Length, (values.Length * width / 8) + sizeof(ulong));
        ref var table = ref MemoryMarshal.GetArrayDataReference(indices);
        ref var to = ref MemoryMarshal.GetReference(into);
        var pending = 0UL;
        var pendingBits = 0;
        nint at = 0;
        for (var row = 0; row + 4 <= values.Length; row += 4)
        {
            var four = values.Slice(row, 4);
            // A ushort cannot leave the table of 65,536; `at` grows by the bits that the length check above counted.
            ulong packed = Unsafe.Add(ref table, four[0]);
            packed |= (ulong)Unsafe.Add(ref table, four[1]) << width;
            packed |= (ulong)Unsafe.Add(ref table, four[2]) << (2 * width);
            packed |= (ulong)Unsafe.Add(ref table, four[3]) << (3 * width);
            pending |= packed << pendingBits;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, at), pending);
            var bits = pendingBits + (4 * width);
            if (bits >= 64)
            {
                at += 8;
                pending = pendingBits == 0 ? 0 : packed >> (64 - pendingBits);
                pendingBits = bits - 64;
            }
            else
            {
                pendingBits = bits;
            }
        }

        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, at), pending);
    }
}
