using Kizashi.Core.Addresses;

namespace Kizashi.Enrich.Ranges;

/// <summary>Longest prefix match for both families.</summary>
internal sealed class PrefixTable(RangeTable<uint> v4, RangeTable<UInt128> v6)
{
    public bool IsEmpty => v4.IsEmpty && v6.IsEmpty;

    public int Ranges => v4.Count + v6.Count;

    public ulong Find(Address address) => address.IsV4 ? v4.Find(address.V4) : v6.Find(address.Value);
}
