using Kizashi.Core.Addresses;

namespace Kizashi.Store.Tests.Embedded;

/// <summary>An address book that knows a country by the first byte of an address, or nothing at all.</summary>
internal sealed class FakeBook(bool loaded) : IAddressBook
{
    public bool IsLoaded => loaded;

    public string Explanation => loaded ? "invented" : "none";

    public static string CountryOf(Address address) => ((uint)(address.Value >> 24) & 3) switch
    {
        0 => "JP",
        1 => "DE",
        2 => "BR",
        _ => "",
    };

    public AddressFacts Lookup(Address address) =>
        loaded ? new AddressFacts(null, 0, "", CountryOf(address)) : AddressFacts.Unknown;
}
