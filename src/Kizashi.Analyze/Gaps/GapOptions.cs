namespace Kizashi.Analyze.Gaps;

/// <summary>When a sensor's silence or loss is held for a gap in its record.</summary>
public sealed record GapOptions
{
    /// <summary>Seconds of silence a gap has at least. Default 180.</summary>
    public int MinSilenceSeconds { get; init; } = 180;

    /// <summary>
    /// Chance that so long a silence is just luck, at most, were packets a Poisson process at the recent low rate.
    /// Default 1e-6.
    /// </summary>
    public double Probability { get; init; } = 1e-6;

    /// <summary>Full minutes observed before silence is judged, at most 60. Default 15.</summary>
    public int MinHistoryMinutes { get; init; } = 15;

    /// <summary>
    /// Share of a minute's packets lost (dropped or late) from which on it is a gap, 0..1; exactly this share is
    /// none. Default 0.01.
    /// </summary>
    public double LossShare { get; init; } = 0.01;

    /// <summary>Packets lost in a minute before the share is looked at. Default 10.</summary>
    public int MinLost { get; init; } = 10;

    internal IReadOnlyList<string> Faults() => new OptionFaults("Gaps")
        .Range(nameof(MinSilenceSeconds), MinSilenceSeconds, 60, 30 * 86_400)
        .Range(nameof(Probability), Probability, 1e-300, 0.5)
        .Range(nameof(MinHistoryMinutes), MinHistoryMinutes, 2, 60)
        .Range(nameof(LossShare), LossShare, 0, 1)
        .Range(nameof(MinLost), MinLost, 1, int.MaxValue)
        .All;
}
