namespace Kizashi.Simulation.Scenarios;

/// <summary>A botnet that grows by the SI curve I(t) = N / (1 + (N / I0 - 1) e^(-rt)) while every bot looks for more.</summary>
public sealed record Outbreak : TrafficComponent
{
    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>N: hosts that can be infected.</summary>
    public int Population { get; init; } = 5_000;

    /// <summary>I0: hosts infected at the start.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>r: growth per hour while few are infected.</summary>
    public double GrowthPerHour { get; init; } = 1.5;

    /// <summary>Packets per second that a bot sends to the whole IPv4 Internet.</summary>
    public double PacketsPerSecond { get; init; } = 1_000;

    public ScanTool Tool { get; init; } = ScanTool.Mirai;

    /// <summary>TCP window of all its SYNs, which then have no options: a packet shape of its own. Null: as the tool's packets look.</summary>
    public int? Window { get; init; }

    /// <summary>Infected hosts after so many hours.</summary>
    public double InfectedAfter(double hours) =>
        Population / (1 + (((double)Population / Seeds) - 1) * Math.Exp(-GrowthPerHour * hours));
}
