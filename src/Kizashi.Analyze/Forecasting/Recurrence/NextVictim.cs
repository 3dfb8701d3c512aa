namespace Kizashi.Analyze.Forecasting.Recurrence;

/// <summary>A victim that may be attacked again: how likely, by when, and why.</summary>
public sealed record NextVictim
{
    public required string Victim { get; init; }

    /// <summary>As it was last named; null when not known.</summary>
    public required string? Network { get; init; }

    /// <summary>Probability of another attack within each horizon, 0..1, never less than within a shorter one.</summary>
    public required IReadOnlyList<double> Within { get; init; }

    /// <summary>By when it is attacked again with probability 1/2; null when that is more than two years away or never.</summary>
    public required DateTimeOffset? By { get; init; }

    /// <summary>By when with probability 1/10; null as above.</summary>
    public required DateTimeOffset? Earliest { get; init; }

    /// <summary>By when with probability 9/10; null as above.</summary>
    public required DateTimeOffset? Latest { get; init; }

    /// <summary>Attacks so far, at least 1.</summary>
    public required int Attacks { get; init; }

    public required TimeSpan SinceLast { get; init; }

    /// <summary>Other known victims in its network.</summary>
    public required int Neighbors { get; init; }

    /// <summary>Attacks on these in the last week.</summary>
    public required int NeighborAttacks { get; init; }
}
