using System.CommandLine;
using System.Text.Json;
using Kizashi.Analyze;
using Kizashi.Analyze.Cooperation;
using Kizashi.Cli.Terminal;
using Kizashi.Cli.Watching;
using Kizashi.Core;
using Kizashi.Core.Findings;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi engines`: runs the engines that look for outbreaks over captures, without storing anything.</summary>
internal sealed class EnginesCommand(GlobalOptions global) : ICommandSource
{
    private const string All = "all";

    private readonly Argument<string[]> _inputs = new("file")
    {
        Description = "Capture files (pcap, pcapng; plain, gzip, zstd) or directories of them",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _engine = new("--engine", "-e")
    {
        Description = $"One engine's alarms ({string.Join(", ", EngineNames.All)}), or all and the outbreaks they make together",
        DefaultValueFactory = _ => All,
        HelpName = "NAME",
    };

    private readonly Option<string?> _dark = new("--dark", "-d") { Description = "Observed unused prefixes, with commas; inferred from the traffic if neither this nor the settings name any", HelpName = "PREFIX,..." };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object instead of the table" };
    private readonly Option<bool> _csv = new("--csv") { Description = "One line for each alarm instead of the table" };

    public Command Create(IDictionary<Command, string> examples)
    {
        _engine.AcceptOnlyFromAmong([.. EngineNames.All, All]);
        var run = new Command("run", "Run the engines over captures and print what they saw");
        run.Arguments.Add(_inputs);
        foreach (var option in (Option[])[_engine, _dark, _json, _csv])
            run.Options.Add(option);

        run.SetAction(Run);
        var command = new Command("engines", "The engines that look for outbreaks");
        command.Subcommands.Add(run);
        examples[command] = "kizashi engines run day.pcap.gz --engine all";
        examples[run] = """
            kizashi engines run day.pcap.gz --dark 192.0.2.0/24
            kizashi engines run /var/spool/captures --engine glasso --csv > glasso.csv
            kizashi engines run day.pcap.gz --json | jq '.outbreaks[].campaign'
            """;
        return command;
    }

    private int Run(ParseResult result)
    {
        if (result.GetValue(_json) && result.GetValue(_csv))
            throw new CommandException(ExitCodes.Usage, "give either --json or --csv, not both");

        var settings = global.Load(result);
        var engine = result.GetValue(_engine) ?? All;
        var (run, damage) = OfflineObservation.Run(
            "engines", result.GetRequiredValue(_inputs), result.GetValue(_dark), settings,
            (dark, shards) => new EngineRun(
                new AnalyzeOptions { Dark = dark, Outbreaks = settings.Options.Outbreaks.ToOptions() }, "engines", shards));
        run.Finish();
        var rows = run.Rows.Where(row => engine == All || row.Engine == engine).ToArray();
        if (result.GetValue(_json))
            WriteJson(run, rows, engine == All ? run.Outbreaks : [], damage);
        else if (result.GetValue(_csv))
            EngineTable.WriteCsv(Console.Out, rows);
        else
            EngineTable.Write(Console.Out, (rows, run.Dropped), run.Engines, engine == All ? run.Outbreaks : []);

        if (damage is null)
            return ExitCodes.Done;

        Console.Error.WriteLine("kizashi: " + TerminalText.Clean(damage));
        return ExitCodes.BadInput;
    }

    private static void WriteJson(
        EngineRun run, IReadOnlyList<EngineRow> rows, IReadOnlyList<OutbreakFinding> outbreaks, string? damage) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(
            new { Alarms = rows, run.Dropped, run.Engines, Outbreaks = outbreaks, Error = damage }, KizashiJson.Options));
}
