using Kizashi.Core.Addresses;

namespace Kizashi.Bench.Store;

/// <summary>Invented countries: one for each first byte of an address.</summary>
internal sealed class BenchBook : IAddressBook
{
    private static readonly AddressFacts[] Facts =
        [.. Enumerable.Range(0, 256).Select(number => new AddressFacts(null, 0, "", $"{(char)('A' + (number % 26))}{(char)('A' + (number / 26))}"))];

    public bool IsLoaded => true;

    public string Explanation => "invented";

    public AddressFacts Lookup(Address address) => Facts[(address.V4 >> 24) & 255];
}
