using System.Globalization;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Cooperation.Activity;

/// <summary>Which group a source belongs to, and what the group is called.</summary>
internal sealed class SourceGroups(SourceGrouping grouping, IAddressBook? book)
{
    private const ulong V6Mark = 1UL << 63;
    private const ulong AsMark = 1UL << 62;

    /// <summary>/16, /24 or as.</summary>
    public string Name { get; } = grouping switch
    {
        SourceGrouping.Prefix24 => "/24",
        SourceGrouping.As => "as",
        _ => "/16",
    };

    public static Address AddressOf(ulong source) => SourceId.IsV6(source)
        ? Address.FromV6((UInt128)SourceId.Prefix48(source) << 80)
        : Address.FromV4((uint)source);

    public ulong Of(ulong source)
    {
        if (SourceId.IsV6(source))
            return V6Mark | SourceId.Prefix48(source);

        return grouping switch
        {
            SourceGrouping.Prefix24 => source >> 8,
            SourceGrouping.As when book?.Lookup(Address.FromV4((uint)source)).Asn is { } number and > 0 => AsMark | number,
            _ => source >> 16,
        };
    }

    public string NameOf(ulong group)
    {
        if ((group & V6Mark) != 0)
            return new Prefix(Address.FromV6((UInt128)(group & ~V6Mark) << 80), 48).ToString();

        if ((group & AsMark) != 0)
            return string.Create(CultureInfo.InvariantCulture, $"AS{group & ~AsMark}");

        return grouping == SourceGrouping.Prefix24
            ? new Prefix(Address.FromV4((uint)group << 8), 24).ToString()
            : new Prefix(Address.FromV4((uint)group << 16), 16).ToString();
    }
}
