namespace Kizashi.Cli.Evaluation;

/// <summary>How one engine did with one outbreak before one sensor.</summary>
internal sealed record OutbreakScore
{
    public required string Scenario { get; init; }

    public required string Sensor { get; init; }

    public required string Engine { get; init; }

    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>First packet.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Most /16s with three packets in ten minutes.</summary>
    public required int Strength { get; init; }

    /// <summary>It counts in windows of the engine: twenty /16s with three packets in one of them.</summary>
    public required bool Counts { get; init; }

    /// <summary>End of the first window in which it counts; null when it is faint.</summary>
    public DateTimeOffset? CountsAt { get; init; }

    /// <summary>When the engine first told of it; null when it missed it.</summary>
    public DateTimeOffset? FoundAt { get; init; }

    /// <summary>From <see cref="CountsAt"/> to <see cref="FoundAt"/> in windows of the engine; negative when it was earlier; null when faint or missed.</summary>
    public double? DelayWindows { get; init; }

    /// <summary>Further alerts of the same outbreak beside the first.</summary>
    public int Duplicates { get; init; }
}
