namespace Kizashi.Cli;

/// <summary>A command cannot go on; the message is for the user, without a stack trace.</summary>
internal sealed class CommandException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
