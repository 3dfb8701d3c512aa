using Kizashi.Core.Addresses;

namespace Kizashi.Portal.Tests.Doubles;

/// <summary>An address book over documentation addresses.</summary>
public sealed class InventedBook : IAddressBook
{
    private static readonly (string Country, uint Asn, string Name)[] Networks =
    [
        ("BR", 64496, "EXAMPLE-TELECOM"), ("CN", 64497, "EXAMPLE-BACKBONE"), ("US", 64498, "EXAMPLE-CLOUD"),
        ("NL", 64499, "EXAMPLE-HOSTING"), ("IN", 64500, "EXAMPLE-MOBILE"), ("JP", 64501, "EXAMPLE-ISP"),
        ("VN", 64502, "EXAMPLE-NET"), ("SG", 64503, "EXAMPLE-COLO"),
    ];

    public bool IsLoaded { get; set; } = true;

    public string Explanation { get; set; } = "Set Enrich:Prefixes to a pfx2as file to see them.";

    public AddressFacts Lookup(Address address)
    {
        if (!IsLoaded)
            return AddressFacts.Unknown;

        var (country, asn, name) = Networks[(int)(address.Value % (UInt128)Networks.Length)];
        return new AddressFacts(new Prefix(address, address.IsV4 ? 24 : 48), asn, name, country);
    }
}
