namespace Kizashi.Core.Findings;

/// <summary>What an analyzer concluded at the end of an interval. The same event comes again, under the same id, as it grows and when it ends.</summary>
public abstract record Finding
{
    /// <summary>Names the event for good: the same traffic gives the same id, in any run.</summary>
    public required string EventId { get; init; }

    public required FindingState State { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public required string Sensor { get; init; }

    /// <summary>How far above its definition, >= 1 where the definition is met.</summary>
    public required double Score { get; init; }

    /// <summary>Ids of batches that carried the observations: the first few and the latest, at most 16.</summary>
    public IReadOnlyList<string> Batches { get; init; } = [];

    public bool Simulated { get; init; }
}
