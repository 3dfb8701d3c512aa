using System.CommandLine;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi store`: looks after the data directory.</summary>
internal sealed class StoreCommand(GlobalOptions global) : ICommandSource
{
    public Command Create(IDictionary<Command, string> examples)
    {
        var command = new Command("store", "Check, compact or export what is stored");
        command.Subcommands.Add(new StoreCheckCommand(global).Create(examples));
        command.Subcommands.Add(new StoreCompactCommand(global).Create(examples));
        command.Subcommands.Add(new StoreExportCommand(global).Create(examples));
        examples[command] = """
            kizashi store check
            kizashi store export --since 7d --format csv --output tuples/
            """;
        return command;
    }
}
