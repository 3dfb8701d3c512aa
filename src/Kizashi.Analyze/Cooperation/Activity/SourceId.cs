using System.Runtime.CompilerServices;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Cooperation.Activity;

/// <summary>A source in 64 bits: an IPv4 address, or the /48 of an IPv6 one with 15 bits of hash that tell its hosts apart.</summary>
internal static class SourceId
{
    private const ulong V6Mark = 1UL << 63;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of<TAddress>(TAddress address)
        where TAddress : unmanaged
    {
        if (typeof(TAddress) == typeof(uint))
            return Unsafe.BitCast<TAddress, uint>(address);

        var wide = Unsafe.BitCast<TAddress, UInt128>(address);
        var host = Hashing.Mix((ulong)wide, (ulong)(wide >> 64)) & 0x7FFF;
        return V6Mark | ((ulong)(wide >> 80) << 15) | host;
    }

    public static bool IsV6(ulong id) => (id & V6Mark) != 0;

    /// <summary>The /48 of an IPv6 source as a number.</summary>
    public static ulong Prefix48(ulong id) => (id & ~V6Mark) >> 15;

    /// <summary>By /16 or /48 whatever the grouping, so that what is sampled does not depend on it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SampleHash(ulong id) => Hashing.Mix(IsV6(id) ? id >> 15 : id >> 16);
}
