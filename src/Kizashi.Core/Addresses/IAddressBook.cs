namespace Kizashi.Core.Addresses;

/// <summary>Enrichment: AS, prefix and country of an address from tables the operator gave. Never asks the network.</summary>
public interface IAddressBook
{
    /// <summary>False when no table is loaded; then every look-up answers <see cref="AddressFacts.Unknown"/>.</summary>
    bool IsLoaded { get; }

    /// <summary>In one sentence for people: which tables are loaded, or what to configure so that they are.</summary>
    string Explanation { get; }

    AddressFacts Lookup(Address address);
}
