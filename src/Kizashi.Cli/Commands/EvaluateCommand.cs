using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kizashi.Analyze;
using Kizashi.Analyze.Cooperation;
using Kizashi.Cli.Evaluation;
using Kizashi.Cli.Terminal;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Pipeline;
using Kizashi.Simulation.Library;
using Kizashi.Simulation.Scenarios;
using Spectre.Console;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi evaluate`: scores the engines that look for outbreaks against the truth of simulated ones.</summary>
internal sealed class EvaluateCommand : ICommandSource
{
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(10);

    private readonly Argument<string[]> _scenarios = new("scenario")
    {
        Description = $"Sets ({string.Join(", ", ScenarioLibrary.Sets)}), scenarios of theirs such as training-03, presets, or scenario files (JSON)",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object instead of the table" };
    private readonly Option<bool> _csv = new("--csv") { Description = "One line for each outbreak and engine, and for each false alert, instead of the table" };
    private readonly Option<string?> _plots = new("--plots") { Description = "Write recall.svg and delay.svg into this directory", HelpName = "DIR" };
    private readonly Option<int> _jobs = new("--jobs", "-j") { Description = "Scenarios at the same time", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress on standard error" };

    public Command Create(IDictionary<Command, string> examples)
    {
        _scenarios.CompletionSources.Add([.. ScenarioLibrary.Sets, .. Scenario.PresetNames]);
        var command = new Command("evaluate", "Score the engines that look for outbreaks against simulated ones");
        command.Arguments.Add(_scenarios);
        foreach (var option in (Option[])[_json, _csv, _plots, _jobs, _quiet])
            command.Options.Add(option);

        command.SetAction(RunAsync);
        examples[command] = """
            kizashi evaluate training                     to choose parameters by
            kizashi evaluate training-03 my-scenario.json
            kizashi evaluate held-out --csv --plots plots > held-out.csv
            """;
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var jobs = result.GetValue(_jobs);
        if (jobs is < 1 or > 64)
            throw new CommandException(ExitCodes.Usage, "--jobs must be from 1 to 64");

        if (result.GetValue(_json) && result.GetValue(_csv))
            throw new CommandException(ExitCodes.Usage, "give either --json or --csv, not both");

        ScenarioEvaluation[] evaluations =
        [
            .. ReadScenarios(result.GetRequiredValue(_scenarios))
                .Select(scenario => new ScenarioEvaluation(scenario, Analyzers, TimeProvider.System)),
        ];
        var scores = await RunAsync(new EvaluationRun(evaluations, jobs), evaluations.Length, result.GetValue(_quiet), cancellation);
        var evaluation = EvaluationResult.Of(EngineWindows.All.Keys, scores);
        if (result.GetValue(_plots) is { } folder)
            EvaluationPlots.Write(Path.GetFullPath(folder), evaluation);

        if (result.GetValue(_json))
            Console.Out.WriteLine(JsonSerializer.Serialize(evaluation, KizashiJson.Options));
        else if (result.GetValue(_csv))
            Console.Out.Write(EvaluationCsv.Write(evaluation));
        else
            EvaluationText.Write(AnsiConsole.Console, evaluation);

        return ExitCodes.Done;
    }

    private static async Task<IReadOnlyList<ScenarioScore>> RunAsync(
        EvaluationRun run, int count, bool quiet, CancellationToken cancellation)
    {
        void Say(string line)
        {
            if (!quiet)
                Console.Error.WriteLine(TerminalText.Clean(line));
        }

        using var timer = TimeProvider.System.CreateTimer(
            _ => Say(string.Create(CultureInfo.InvariantCulture, $"{run.Progress * 100:0} %, {run.Done} of {count} scenarios")),
            null, SayEvery, SayEvery);
        return await run.RunAsync(score => Say(EvaluationText.Line(score)), cancellation);
    }

    // Only those that look for outbreaks: the others cost time and tell nothing that is scored here.
    private static IAnalyzer[] Analyzers(SimulatedSensor sensor, IEngineListener listener)
    {
        var options = new AnalyzeOptions { Dark = new PrefixSet(sensor.Dark), Listener = listener };
        return [.. AnalyzerSet.Create(options, sensor.Name, shards: 1).Where(analyzer => analyzer.Name == "outbreaks")];
    }

    private static List<Scenario> ReadScenarios(string[] names)
    {
        var scenarios = new List<Scenario>();
        var faults = new List<string>();
        foreach (var name in names.SelectMany(name => ScenarioLibrary.Sets.Contains(name) ? ScenarioLibrary.Members(name) : [name]))
        {
            var scenario = ScenarioNames.Find(name, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), seed: 1, out var wrong);
            if (scenario is null)
                faults.AddRange(wrong.Select(fault => $"'{name}': {fault}"));
            else
                scenarios.Add(scenario);
        }

        return faults.Count == 0
            ? scenarios
            : throw new CommandException(ExitCodes.Usage, TerminalText.Clean("these scenarios cannot be used: " + string.Join("; ", faults)));
    }
}
