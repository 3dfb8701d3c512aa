using System.Runtime.CompilerServices;

namespace Kizashi.Analyze.Tables;

/// <summary>Hashes of keys that strangers choose.</summary>
internal static class Hashing
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xD6E8FEB86659FD93;

    /// <summary>Multiplies and folds (wyhash's step): every bit of the key reaches every bit of the hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong key)
    {
        var high = Math.BigMul(key ^ First, Second, out var low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong left, ulong right) => Mix(Mix(left) ^ right);

    /// <summary>
    /// Hash of an address held as <see cref="uint"/> or <see cref="UInt128"/> together with up to 64 bits more.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of<TAddress>(TAddress address, ulong more)
        where TAddress : unmanaged
    {
        if (typeof(TAddress) == typeof(uint))
            return Mix(Unsafe.BitCast<TAddress, uint>(address) | (more << 32));

        var wide = Unsafe.BitCast<TAddress, UInt128>(address);
        return Mix(Mix((ulong)wide, (ulong)(wide >> 64)), more);
    }
}
