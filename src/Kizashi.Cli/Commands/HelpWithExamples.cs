using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Kizashi.Cli.Commands;

/// <summary>The usual help, followed by the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction inner, IReadOnlyDictionary<Command, string> examples)
    : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var code = inner.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (!examples.TryGetValue(parseResult.CommandResult.Command, out var text))
            return code;

        output.WriteLine("Examples:");
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            output.WriteLine("  " + line.TrimEnd());

        output.WriteLine();
        return code;
    }
}
