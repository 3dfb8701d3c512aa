namespace Kizashi.Cli.Configuration;

/// <summary>Thresholds of the RSDoS rule.</summary>
public sealed class VictimSettings
{
    public int MinPackets { get; set; } = 25;

    public int MinSeconds { get; set; } = 60;

    public int MinPacketsPerMinute { get; set; } = 30;
}
