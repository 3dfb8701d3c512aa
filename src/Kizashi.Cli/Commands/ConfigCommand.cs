using System.CommandLine;
using Kizashi.Cli.Configuration;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi config`: prints the annotated default settings, or checks those in force.</summary>
internal sealed class ConfigCommand(GlobalOptions global) : ICommandSource
{
    private readonly Option<bool> _check = new("--check")
    {
        Description = "Check the settings that would be used, read the files they name, and list every fault",
    };

    public Command Create(IDictionary<Command, string> examples)
    {
        var command = new Command("config", "Print the annotated default settings, or check the ones in force");
        command.Options.Add(_check);
        command.SetAction(Run);
        examples[command] = """
            kizashi config > kizashi.json
            kizashi config --check --config kizashi.json
            """;
        return command;
    }

    private int Run(ParseResult result)
    {
        if (!result.GetValue(_check))
        {
            Console.Out.Write(ConfigurationLoader.DefaultText());
            return ExitCodes.Done;
        }

        var loaded = global.Check(result);
        Console.Out.WriteLine($"The settings are in order. Data directory: {loaded.Options.DataDirectory}");
        return ExitCodes.Done;
    }
}
