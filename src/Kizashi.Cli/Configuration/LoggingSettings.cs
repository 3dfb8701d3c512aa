namespace Kizashi.Cli.Configuration;

/// <summary>How much is logged, in which form.</summary>
public sealed class LoggingSettings
{
    public string Level { get; set; } = "Information";

    public string Format { get; set; } = "text";
}
