using System.Runtime.CompilerServices;

namespace Kizashi.Observe.Telescope.Tables;

/// <summary>Well mixed 64-bit hashes of addresses, the same in every run and on every sensor.</summary>
internal static class AddressHash
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of<TAddress>(TAddress address)
        where TAddress : unmanaged
    {
        if (typeof(TAddress) == typeof(uint))
            return Mix(Unsafe.BitCast<TAddress, uint>(address));

        var wide = Unsafe.BitCast<TAddress, UInt128>(address);
        return Mix((ulong)wide ^ Mix((ulong)(wide >> 64)));
    }

    /// <summary>The finalizer of MurmurHash3: every input bit reaches every output bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong value)
    {
        value ^= value >> 33;
        value *= 0xFF51AFD7ED558CCD;
        value ^= value >> 33;
        value *= 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }

    /// <summary>The shard of a source or victim, 0..shards-1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Shard(uint address, int shards) =>
        (int)(((ulong)(address * 0x9E3779B1u) * (uint)shards) >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Shard(UInt128 address, int shards) => Shard((uint)(Of(address) >> 32), shards);
}
