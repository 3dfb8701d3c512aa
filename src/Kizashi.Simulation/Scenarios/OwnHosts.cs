namespace Kizashi.Simulation.Scenarios;

/// <summary>Hosts of the operator's own networks that look for victims in the darknet: infected, or misconfigured.</summary>
public sealed record OwnHosts : TrafficComponent
{
    public int Hosts { get; init; } = 1;

    public string Port { get; init; } = "tcp/445";

    /// <summary>Packets to the darknet per minute and host.</summary>
    public double PacketsPerMinute { get; init; } = 20;

    public ScanTool Tool { get; init; } = ScanTool.Plain;
}
