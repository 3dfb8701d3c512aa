using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Cooperation.Sketches;

/// <summary>An estimate of how many distinct keys were added: standard error 1.04 / sqrt(2^bits).</summary>
/// <remarks>Merging is commutative and idempotent, so shards and repeated batches change nothing.</remarks>
internal sealed class HyperLogLog
{
    private readonly byte[] _registers;
    private readonly int _bits;

    /// <param name="bits">4 to 16; 12, the default, takes 4 KB and errs by 1.6 %.</param>
    public HyperLogLog(int bits = 12)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 16);
        (_bits, _registers) = (bits, new byte[1 << bits]);
    }

    /// <summary>The registers, to be saved; what is loaded into them goes on from there.</summary>
    public Span<byte> Ranks => _registers;

    /// <summary>Adds a key; nothing happens when it was there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong key)
    {
        var hash = SketchHash.Of(key);
        var rank = (byte)(BitOperations.TrailingZeroCount((hash >> _bits) | Registers.Last) + 1);

        // The mask keeps the index below the length, which the compiler cannot see.
        ref var register = ref Unsafe.Add(
            ref MemoryMarshal.GetArrayDataReference(_registers), (nint)(hash & ((ulong)_registers.Length - 1)));
        if (register < rank)
            register = rank;
    }

    /// <summary>Adds all keys of another sketch of the same size.</summary>
    public void Merge(HyperLogLog other)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(other._bits, _bits);
        Registers.Merge(_registers, other._registers);
    }

    public double Estimate() => Registers.Estimate(_registers);

    public void Clear() => Array.Clear(_registers);
}
