namespace Kizashi.Cli.Configuration;

/// <summary>Lists of known scanners.</summary>
public sealed class KnownScannerSettings
{
    public List<string> Files { get; set; } = [];
}
