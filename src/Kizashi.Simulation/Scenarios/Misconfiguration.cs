namespace Kizashi.Simulation.Scenarios;

/// <summary>Sources that hammer one dark address and port by mistake: a hard negative, never a scan.</summary>
/// <remarks>Many sources are the users of some software that believes a server or a peer at the dark address.</remarks>
public sealed record Misconfiguration : TrafficComponent
{
    public string Port { get; init; } = "udp/514";

    public int Sources { get; init; } = 1;

    /// <summary>Of all sources together.</summary>
    public double PacketsPerSecond { get; init; } = 0.5;
}
