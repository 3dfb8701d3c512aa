using Kizashi.Analyze.Forecasting.Scores;

namespace Kizashi.Analyze.Forecasting.Recurrence;

/// <summary>What was said at times in the past of who is attacked again, beside what came.</summary>
public sealed record RecurrenceScore
{
    /// <summary>How far ahead.</summary>
    public required TimeSpan Horizon { get; init; }

    /// <summary>Times in the past at which it was said and judged; at each only what was known then was used.</summary>
    public required int Origins { get; init; }

    /// <summary>Victims known at each of them, added up.</summary>
    public required int Said { get; init; }

    /// <summary>How many of these were attacked again in time.</summary>
    public required int Came { get; init; }

    /// <summary>Of the model, 0..1, less is better; null when nothing could be judged.</summary>
    public required double? Brier { get; init; }

    /// <summary>Of the base rate: the share of the known victims that was attacked again in time, as it was known at each time.</summary>
    public required double? BaseBrier { get; init; }

    /// <summary>1 - Brier / that of the base rate: above 0 the model is better, 1 is perfect.</summary>
    public required double? Skill { get; init; }

    /// <summary>The base rate as it is known now, 0..1.</summary>
    public required double BaseRate { get; init; }

    /// <summary>The model's reliability diagram.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>Why the base rate is said and not the model: few, no-better; null when the model is said.</summary>
    public required string? Fallback { get; init; }
}
