namespace Kizashi.Cli.Configuration;

/// <summary>An interface that the center watches.</summary>
public sealed class SensorSettings
{
    public string Name { get; set; } = "";

    public string Interface { get; set; } = "";

    public string Filter { get; set; } = "";

    public List<string> Dark { get; set; } = [];

    public List<string> Live { get; set; } = [];

    public string Country { get; set; } = "";

    public bool Respond { get; set; }

    public int AnswersPerSecond { get; set; } = 20;
}
