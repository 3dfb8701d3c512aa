using System.Runtime.CompilerServices;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze;

/// <summary>Turns an address of a column into the one of the house.</summary>
internal static class Addresses
{
    public static Address From<TAddress>(TAddress address)
        where TAddress : unmanaged =>
        typeof(TAddress) == typeof(uint)
            ? Address.FromV4(Unsafe.BitCast<TAddress, uint>(address))
            : Address.FromV6(Unsafe.BitCast<TAddress, UInt128>(address));
}
