namespace Kizashi.Cli.Configuration;

/// <summary>Whether and how much raw traffic is kept.</summary>
public sealed class RecordSettings
{
    public string Directory { get; set; } = "";

    public double MaxGiB { get; set; } = 10;

    public double MaxHours { get; set; } = 72;
}
