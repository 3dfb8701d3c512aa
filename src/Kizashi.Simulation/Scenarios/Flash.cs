namespace Kizashi.Simulation.Scenarios;

/// <summary>One source that sweeps over the darknet once, fast.</summary>
public sealed record Flash : TrafficComponent
{
    public string Port { get; init; } = "tcp/22";

    public ScanTool Tool { get; init; } = ScanTool.Plain;

    /// <summary>Packets in all, spread evenly over the component's length (default ten seconds).</summary>
    public int Packets { get; init; } = 2_000;
}
