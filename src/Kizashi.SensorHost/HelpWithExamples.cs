using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Kizashi.SensorHost;

/// <summary>The usual help, followed by the command's examples.</summary>
public sealed class HelpWithExamples(HelpAction inner, IReadOnlyDictionary<Command, string> examples)
    : SynchronousCommandLineAction
{
    /// <summary>Lets the help of a program and its commands end with their examples.</summary>
    public static void AddTo(RootCommand root, IReadOnlyDictionary<Command, string> examples)
    {
        ArgumentNullException.ThrowIfNull(root);
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction inner)
                option.Action = new HelpWithExamples(inner, examples);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
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
