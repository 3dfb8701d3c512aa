using System.CommandLine;

namespace Kizashi.Cli.Commands;

/// <summary>Makes one command.</summary>
internal interface ICommandSource
{
    /// <param name="examples">Receives the examples that the command's help shows, one a line.</param>
    Command Create(IDictionary<Command, string> examples);
}
