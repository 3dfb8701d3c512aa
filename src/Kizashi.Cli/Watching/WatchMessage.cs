namespace Kizashi.Cli.Watching;

/// <summary>One line of a center's answer to a watch request: exactly one member is set.</summary>
internal sealed record WatchMessage
{
    public WatchProgress? Progress { get; init; }

    public WatchSummary? Summary { get; init; }

    public WatchFailure? Failure { get; init; }
}
