namespace Kizashi.Enrich;

/// <summary>The tables that say AS, prefix and country of an address; all empty by default.</summary>
public sealed record EnrichOptions
{
    /// <summary>MaxMind DB files: country, city or ASN databases of GeoLite2, DB-IP or IPinfo.</summary>
    public IReadOnlyList<string> Mmdb { get; init; } = [];

    /// <summary>CAIDA prefix-to-AS files, IPv4 or IPv6, plain or gzip.</summary>
    public IReadOnlyList<string> Pfx2as { get; init; } = [];

    /// <summary>Routing table dumps in MRT format (TABLE_DUMP_V2), plain, gzip or bzip2.</summary>
    public IReadOnlyList<string> Mrt { get; init; } = [];

    /// <summary>Names of AS: lines "64500 NAME", or CAIDA's as2org.</summary>
    public IReadOnlyList<string> AsNames { get; init; } = [];

    /// <summary>How often files are looked at for change; reloaded then. Default one minute.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromMinutes(1);

    internal IEnumerable<string> Files => [.. Mmdb, .. Pfx2as, .. Mrt, .. AsNames];
}
