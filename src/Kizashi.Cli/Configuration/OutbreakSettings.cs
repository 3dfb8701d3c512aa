using Kizashi.Analyze.Cooperation;

namespace Kizashi.Cli.Configuration;

/// <summary>How outbreaks are looked for.</summary>
public sealed class OutbreakSettings
{
    public string Grouping { get; set; } = "/16";

    public int MinGroups { get; set; } = 15;

    public double MinDeviation { get; set; } = 8;

    public bool SkipSpoofed { get; set; } = true;

    internal OutbreakOptions ToOptions() => new()
    {
        Grouping = Grouping switch
        {
            "/24" => SourceGrouping.Prefix24,
            "as" => SourceGrouping.As,
            _ => SourceGrouping.Prefix16,
        },
        MinGroups = MinGroups,
        MinDeviation = MinDeviation,
        SkipSpoofed = SkipSpoofed,
    };
}
