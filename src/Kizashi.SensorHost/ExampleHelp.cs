using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Kizashi.SensorHost;

/// <summary>The usual help, followed by examples.</summary>
internal sealed class ExampleHelp(HelpAction inner, string examples) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var code = inner.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var line in examples.Split('\n'))
            output.WriteLine("  " + line);

        return code;
    }
}
