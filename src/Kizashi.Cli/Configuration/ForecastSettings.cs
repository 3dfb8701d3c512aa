namespace Kizashi.Cli.Configuration;

/// <summary>What is forecast.</summary>
public sealed class ForecastSettings
{
    public bool Enabled { get; set; } = true;

    public List<string> Files { get; set; } = [];
}
