using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.OwnHosts;

/// <summary>Tells own addresses from others; most IPv4 addresses by one bit for their /16.</summary>
internal sealed class OwnFilter
{
    private readonly PrefixSet _own;
    private readonly ulong[] _blocks = new ulong[1024];

    public OwnFilter(PrefixSet own)
    {
        _own = own;
        foreach (var (first, last) in own.Ranges)
        {
            HasV6 |= !first.IsV4;
            if (!first.IsV4)
                continue;

            for (var block = first.V4 >> 16; block <= last.V4 >> 16; block++)
                _blocks[block >> 6] |= 1UL << (int)(block & 63);
        }
    }

    public bool HasV6 { get; }

    public bool IsEmpty => _own.IsEmpty;

    public bool Contains(uint address) =>
        (_blocks[address >> 22] >> (int)((address >> 16) & 63) & 1) != 0 && _own.Contains(Address.FromV4(address));

    public bool Contains(UInt128 address) => HasV6 && _own.Contains(Address.FromV6(address));
}
