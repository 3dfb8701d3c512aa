using Kizashi.Core.Addresses;
using Kizashi.Enrich.Ranges;

namespace Kizashi.Enrich;

/// <summary>All tables of one loading, ready for look-ups. Immutable.</summary>
internal sealed class AddressTables
{
    public required PrefixTable Routes { get; init; }

    public required PrefixTable Origins { get; init; }

    public required PrefixTable Countries { get; init; }

    /// <summary>Number 1 and up in <see cref="Countries"/>.</summary>
    public required IReadOnlyList<string> CountryCodes { get; init; }

    public required IReadOnlyDictionary<uint, string> AsNames { get; init; }

    /// <summary>What was loaded, for people: "plan.mmdb (country, AS)".</summary>
    public required IReadOnlyList<string> Loaded { get; init; }

    public required IReadOnlyList<TableDamage> Damages { get; init; }

    public bool IsLoaded => !Routes.IsEmpty || !Origins.IsEmpty || !Countries.IsEmpty;

    /// <summary>An origin as a number of a table: never 0.</summary>
    public static ulong Pack(uint asn, int length) => ((ulong)(length + 1) << 32) | asn;

    public AddressFacts Lookup(Address address)
    {
        var route = Routes.Find(address);
        if (route == 0)
            route = Origins.Find(address);

        var country = Countries.Find(address);
        if (route == 0 && country == 0)
            return AddressFacts.Unknown;

        var asn = (uint)route;
        return new AddressFacts(
            route == 0 ? null : new Prefix(address, (int)(route >> 32) - 1),
            asn,
            asn != 0 && AsNames.TryGetValue(asn, out var name) ? name : "",
            country == 0 ? "" : CountryCodes[(int)country]);
    }
}
