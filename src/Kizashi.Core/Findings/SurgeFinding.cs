namespace Kizashi.Core.Findings;

/// <summary>A watched series is about to count several times what it usually does; once its time is over, whether it did.</summary>
public sealed record SurgeFinding : Finding
{
    /// <summary>Name of the series, such as port/tcp/5555.</summary>
    public required string Series { get; init; }

    /// <summary>What it counts: sources, packets, events...</summary>
    public required string Count { get; init; }

    /// <summary>When it was announced.</summary>
    public required DateTimeOffset Announced { get; init; }

    /// <summary>Until when it is to come.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>That an hour counts at least <see cref="Threshold"/> times the usual; 0..1, when it was announced.</summary>
    public required double Probability { get; init; }

    /// <summary>Times the usual from which on it is a surge.</summary>
    public required double Threshold { get; init; }

    /// <summary>Most times the usual that are expected within its time, exceeded as often as not.</summary>
    public required double Factor { get; init; }

    /// <summary>19 times in 20 it is at least this...</summary>
    public required double FactorLower { get; init; }

    /// <summary>...and at most this.</summary>
    public required double FactorUpper { get; init; }

    /// <summary>Hours ahead at which it is expected.</summary>
    public required double ExpectedIn { get; init; }

    /// <summary>What such an hour usually counts.</summary>
    public required double Usual { get; init; }

    /// <summary>What the latest hour counts.</summary>
    public required double Now { get; init; }

    /// <summary>Hours in which what grows doubles; null when an earlier pattern speaks for the surge and no growth.</summary>
    public required double? Doubling { get; init; }

    public required SurgeOutcome Outcome { get; init; }

    /// <summary>Start of the hour of the surge; null unless it came.</summary>
    public DateTimeOffset? Came { get; init; }
}
