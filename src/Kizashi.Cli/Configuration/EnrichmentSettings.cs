namespace Kizashi.Cli.Configuration;

/// <summary>Tables that say AS, prefix and country of an address.</summary>
public sealed class EnrichmentSettings
{
    public List<string> Mmdb { get; set; } = [];

    public List<string> Pfx2as { get; set; } = [];

    public List<string> Mrt { get; set; } = [];

    public List<string> AsNames { get; set; } = [];
}
