namespace Kizashi.Cli.Configuration;

/// <summary>Thresholds of the scan definition.</summary>
public sealed class ScanSettings
{
    public int MinDestinations { get; set; } = 10;

    public int MinInternetRate { get; set; } = 10;

    public int IdleSeconds { get; set; } = 624;

    public int IdleSecondsV6 { get; set; } = 3600;
}
