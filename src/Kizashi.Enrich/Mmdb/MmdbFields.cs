using System.Globalization;

namespace Kizashi.Enrich.Mmdb;

/// <summary>Country, AS number and AS name in a record, under the names that the usual publishers give them.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 in capitals, empty if none.</param>
/// <param name="Asn">0 if none.</param>
/// <param name="AsName">Empty if none.</param>
internal readonly record struct MmdbFields(string Country, uint Asn, string AsName)
{
    private const int MostName = 200;

    public static MmdbFields Of(MmdbValue record) => new(CountryOf(record), AsnOf(record), AsNameOf(record));

    // GeoLite2 and DB-IP: country.iso_code; IPinfo: country_code (lite) or country as text.
    private static string CountryOf(MmdbValue record)
    {
        var code = record["country"]?["iso_code"]?.Text
            ?? record["country_code"]?.Text
            ?? record["country"]?.Text
            ?? record["registered_country"]?["iso_code"]?.Text;
        return code is { Length: 2 } && code.All(char.IsAsciiLetter) ? code.ToUpperInvariant() : "";
    }

    // GeoLite2 and DB-IP: a number; IPinfo: text such as AS64500.
    private static uint AsnOf(MmdbValue record)
    {
        if (record["autonomous_system_number"]?.Number is { } number)
            return number <= uint.MaxValue ? (uint)number : 0;

        var text = (record["asn"]?.Text ?? "").AsSpan();
        if (text.StartsWith("AS", StringComparison.OrdinalIgnoreCase))
            text = text[2..];

        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var asn) ? asn : 0;
    }

    private static string AsNameOf(MmdbValue record)
    {
        var name = record["autonomous_system_organization"]?.Text ?? record["as_name"]?.Text
            ?? (record["asn"] is null ? null : record["name"]?.Text) ?? "";
        return name.Length <= MostName ? name : name[..MostName];
    }
}
