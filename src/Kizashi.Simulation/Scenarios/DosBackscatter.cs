namespace Kizashi.Simulation.Scenarios;

/// <summary>Answers of one victim of an attack with uniformly forged sources, of which the darknet gets its share.</summary>
public sealed record DosBackscatter : TrafficComponent
{
    public AttackAnswer Answer { get; init; } = AttackAnswer.SynAck;

    /// <summary>The attacked port; 0 for a different one each packet.</summary>
    public int Port { get; init; } = 80;

    /// <summary>Answers per minute that reach the darknet.</summary>
    public double PacketsPerMinute { get; init; } = 120;

    /// <summary>Exactly so many packets, evenly spread, instead of a random number at <see cref="PacketsPerMinute"/>.</summary>
    public int? Packets { get; init; }
}
