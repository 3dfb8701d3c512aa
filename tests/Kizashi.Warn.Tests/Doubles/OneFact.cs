using Kizashi.Core.Addresses;

namespace Kizashi.Warn.Tests.Doubles;

/// <summary>An address book in which every address is the same.</summary>
internal sealed class OneFact : IAddressBook
{
    public static AddressFacts Facts { get; } = new(Prefix.Parse("198.51.100.0/24"), 64500, "Example", "JP");

    public bool IsLoaded => true;

    public string Explanation => "";

    public AddressFacts Lookup(Address address) => Facts;
}
