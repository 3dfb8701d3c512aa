namespace Kizashi.Cli.Watching;

/// <summary>Why a session could not run.</summary>
/// <param name="ExitCode">As documented for the command.</param>
/// <param name="Message">For people.</param>
internal sealed record WatchFailure(int ExitCode, string Message);
