using System.CommandLine;
using System.Globalization;
using Kizashi.Cli.Center;
using Kizashi.Cli.Terminal;
using Kizashi.Cli.Watching;
using Kizashi.Core.Addresses;
using Kizashi.Simulation;
using Kizashi.Simulation.Addressing;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;
using Kizashi.Wire.Capture;
using Spectre.Console;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi simulate`: invented traffic with the truth beside it, into a file or straight into the pipeline.</summary>
internal sealed class SimulateCommand(GlobalOptions global) : ICommandSource
{
    private readonly Argument<string> _scenario = new("scenario")
    {
        Description = $"{string.Join(", ", Scenario.PresetNames)}, one of the library such as training-03, or a scenario file (JSON)",
        DefaultValueFactory = _ => "day",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Capture to write, .pcap or .pcap.zst; the truth goes beside it as NAME.truth.json, the address plan as NAME.plan/",
        HelpName = "FILE",
    };

    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Send it straight into the pipeline, into the data directory (everything there is marked as simulated)",
    };

    private readonly Option<ulong> _seed = new("--seed") { Description = "The same seed gives the same packets", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _dark = new("--dark", "-d") { Description = "Dark prefixes instead of the scenario's, any size, IPv4 and IPv6", HelpName = "PREFIX,..." };
    private readonly Option<string?> _start = new("--start") { Description = "First moment of simulated time; default midnight UTC of 2026-01-01", HelpName = "TIME" };
    private readonly Option<string?> _length = new("--length") { Description = "How long: 90m, 24h, 7d", HelpName = "LENGTH" };
    private readonly Option<double> _speed = new("--speed") { Description = "With --watch: times real time; 0 for as fast as it goes", DefaultValueFactory = _ => 0 };

    public Command Create(IDictionary<Command, string> examples)
    {
        _scenario.CompletionSources.Add([.. Scenario.PresetNames]);
        var command = new Command("simulate", "Invent darknet traffic, with the truth beside it");
        command.Arguments.Add(_scenario);
        foreach (var option in (Option[])[_output, _watch, _seed, _dark, _start, _length, _speed])
            command.Options.Add(option);

        command.SetAction(RunAsync);
        examples[command] = """
            kizashi simulate day --output day.pcap.zst
            kizashi simulate dos --seed 7 --dark 198.18.0.0/20 --length 6h --output dos.pcap
            kizashi simulate demo --watch --data /tmp/simulated
            """;
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var output = result.GetValue(_output);
        var watch = result.GetValue(_watch);
        if (output is null == !watch)
            throw new CommandException(ExitCodes.Usage, "say where it goes: --output FILE or --watch");

        var scenario = ReadScenario(result);
        var faults = scenario.Faults();
        if (faults.Count > 0)
            throw new CommandException(ExitCodes.Usage, "the scenario has faults:\n  - " + string.Join("\n  - ", faults));

        if (output is not null)
            Write(scenario, Path.GetFullPath(output), cancellation);
        else
            await WatchAsync(result, scenario, result.GetValue(_speed), cancellation);

        return ExitCodes.Done;
    }

    private static void Write(Scenario scenario, string path, CancellationToken cancellation)
    {
        var stem = Stem(path);
        var plan = AddressPlan.Create(scenario.Seed).Write(Directory.CreateDirectory(stem + ".plan").FullName);
        var line = new ProgressLine(Console.Error, TimeProvider.System);
        using var truth = new TruthWriter(stem + ".truth.json", scenario);
        using var source = new SimulationSource(scenario, truth, LinkType.Ethernet);
        var part = Path.Combine(Path.GetDirectoryName(path)!, ".part-" + Path.GetFileName(path));
        var started = TimeProvider.System.GetTimestamp();
        using (var writer = CaptureWriter.Create(part, LinkType.Ethernet))
            Copy(source, writer, line, started, cancellation);

        File.Move(part, path, overwrite: true);
        line.Clear();
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: {source.Packets:#,0} simulated packets, {Quantity.Bytes(new FileInfo(path).Length)}; truth: {stem}.truth.json; plan: {plan.Mmdb}, {plan.Pfx2AsV4}"));
    }

    private static void Copy(
        SimulationSource source, PcapWriter writer, ProgressLine line, long started, CancellationToken cancellation)
    {
        var block = new FrameBlock();
        var blocks = 0;
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var index = 0; index < block.Count; index++)
                writer.Write(block.TimeMicros[index], block.Frame(index), block.WireLength[index]);

            if (++blocks % 64 != 0)
                continue;

            var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            line.Show(new WatchProgress
            {
                Fraction = source.Progress,
                Packets = source.Packets,
                PacketsPerSecond = source.Packets / Math.Max(0.001, seconds),
                At = DateTimeOffset.UnixEpoch.AddMicroseconds(block.TimeMicros[0]),
            });
        }
    }

    private async Task WatchAsync(ParseResult result, Scenario scenario, double speed, CancellationToken cancellation)
    {
        var settings = global.Load(result);
        await using var app = CenterHost.Build(settings, CenterMode.Local, simulated: true);
        await CenterStart.StartAsync(app, settings, cancellation);
        var line = new ProgressLine(Console.Error, TimeProvider.System);
        var plan = SimulatedSessions.Plan("simulated", scenario, speed > 0 ? speed : double.PositiveInfinity, live: false);
        await foreach (var message in app.Services.GetRequiredService<SessionRunner>().RunAsync(plan, cancellation))
        {
            if (message.Failure is { } failure)
                throw new CommandException(failure.ExitCode, failure.Message);

            if (message.Progress is { } progress)
                line.Show(progress);

            if (message.Summary is { } summary)
            {
                line.Clear();
                SummaryTable.Write(AnsiConsole.Console, summary);
            }
        }

        await app.StopAsync(CancellationToken.None);
    }

    private Scenario ReadScenario(ParseResult result)
    {
        var name = result.GetRequiredValue(_scenario);
        var start = result.GetValue(_start) is { } text
            ? MomentText.Parse("--start", text, TimeProvider.System)
            : new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var scenario = ScenarioNames.Find(name, start, result.GetValue(_seed), out var faults) ?? throw new CommandException(
            ExitCodes.Usage,
            $"'{TerminalText.Clean(name)}' is neither a preset, nor of the library, nor a scenario file that can be used:\n  - {string.Join("\n  - ", faults)}");
        if (result.GetValue(_dark) is { } dark)
            scenario = scenario with { Sensors = [], Dark = [.. dark.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ReadPrefix)] };

        if (result.GetValue(_length) is not { } length)
            return scenario;

        return MomentText.TryParseLength(length, out var span)
            ? scenario with { Duration = span }
            : throw new CommandException(ExitCodes.Usage, $"--length '{length}' is not a length such as 24h");
    }

    private static Prefix ReadPrefix(string text) =>
        Prefix.TryParse(text, null, out var prefix)
            ? prefix
            : throw new CommandException(ExitCodes.Usage, $"--dark '{text}' is not a prefix such as 198.18.0.0/20");

    private static string Stem(string path)
    {
        var stem = path;
        foreach (var extension in (string[])[".zst", ".gz", ".pcap"])
            stem = stem.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? stem[..^extension.Length] : stem;

        return stem;
    }
}
