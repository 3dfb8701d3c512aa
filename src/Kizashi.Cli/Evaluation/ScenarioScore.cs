namespace Kizashi.Cli.Evaluation;

/// <summary>How all engines did in one scenario.</summary>
internal sealed record ScenarioScore
{
    public required string Scenario { get; init; }

    /// <summary>Observed time, sensor by sensor added up.</summary>
    public required double SensorDays { get; init; }

    public required long Packets { get; init; }

    /// <summary>What it took, wall clock.</summary>
    public required double Seconds { get; init; }

    public required IReadOnlyList<OutbreakScore> Outbreaks { get; init; }

    public required IReadOnlyList<FalseAlert> FalseAlerts { get; init; }
}
