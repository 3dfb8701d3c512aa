namespace Kizashi.Cli.Watching;

/// <summary>How far a session is.</summary>
internal sealed record WatchProgress
{
    /// <summary>0..1, null while unknown.</summary>
    public double? Fraction { get; init; }

    public long Packets { get; init; }

    public double PacketsPerSecond { get; init; }

    public long Malformed { get; init; }

    /// <summary>Packets lost to the kernel, to lateness, to wrong times, or to a full disk.</summary>
    public long Lost { get; init; }

    public long Scans { get; init; }

    public int Victims { get; init; }

    public long Alerts { get; init; }

    /// <summary>Time of the newest packet.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What is observed, once known: "192.0.2.0/24, inferred ...".</summary>
    public string? Observing { get; init; }
}
