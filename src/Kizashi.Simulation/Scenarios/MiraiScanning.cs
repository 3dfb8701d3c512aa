namespace Kizashi.Simulation.Scenarios;

/// <summary>Many slow bots on tcp/23 and tcp/2323 at nine to one, sequence number = destination address.</summary>
public sealed record MiraiScanning : TrafficComponent
{
    public int Bots { get; init; } = 20_000;

    /// <summary>Packets per second that a bot sends to the whole IPv4 Internet, on average; lognormal among bots.</summary>
    public double PacketsPerSecond { get; init; } = 100;

    /// <summary>Spread among bots: standard deviation of the logarithm.</summary>
    public double Spread { get; init; } = 1.0;
}
