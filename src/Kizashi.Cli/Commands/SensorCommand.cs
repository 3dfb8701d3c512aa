using System.CommandLine;
using Kizashi.Cli.Configuration;
using Kizashi.Cli.Watching;
using Kizashi.SensorHost;

namespace Kizashi.Cli.Commands;

/// <summary>kizashi sensor: decoys, each in a process of its own.</summary>
internal sealed class SensorCommand(GlobalOptions global) : ICommandSource
{
    private readonly ReflectorArguments _reflector = new();
    private readonly Option<string?> _out = new("--out") { Description = "Put the observations into this directory, for a center elsewhere, and judge nothing here", HelpName = "DIR" };
    private readonly Option<string?> _from = new("--from") { Description = "Take the observations of such a directory; those taken before are known", HelpName = "DIR" };
    private readonly Option<bool> _json = new("--json") { Description = "End with one JSON object instead of a table" };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress on standard error" };

    public Command Create(IDictionary<Command, string> examples)
    {
        var command = new Command("sensor", "Run decoys, here or for the center that runs on the data directory");
        foreach (var option in (Option[])[_reflector.Reflectors, .. _reflector.Options, _out, _from, _json, _quiet])
            command.Options.Add(option);

        command.SetAction(RunAsync);
        examples[command] = """
            kizashi sensor --reflectors                                       on this machine alone, to try it
            sudo kizashi sensor --reflectors --listen 192.0.2.7,2001:db8::7
            sudo kizashi sensor --reflectors --listen 198.51.100.0/24         a whole network
            sudo kizashi sensor --reflectors --listen 0.0.0.0 --services dns,ntp
            sudo kizashi sensor --reflectors --listen 192.0.2.7 --agnostic 5351,9000-9100
            sudo kizashi sensor --reflectors --services dns --proxy dns=127.0.0.1:5300
            sudo kizashi sensor --reflectors --listen 192.0.2.7 --out /var/spool/kizashi
            kizashi sensor --from /var/spool/kizashi
            """;
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var faults = Faults(result).ToList();
        if (faults.Count > 0)
            throw new CommandException(ExitCodes.Usage, string.Join("\nkizashi: ", faults.Select(Terminal.TerminalText.Clean)));

        var settings = global.Load(result);
        if (result.GetValue(_from) is { } folder)
        {
            var request = new WatchRequest { Sensor = "", FromSensor = true, Inputs = [Path.GetFullPath(folder)] };
            return await WatchRun.RunAsync(settings, request, null, result.GetValue(_json), result.GetValue(_quiet), cancellation);
        }

        string[] words = [.. _reflector.Words(result), .. Recording(settings.Options.Record)];
        return result.GetValue(_out) is { } output
            ? await SensorProcess.RunAsync([.. words, "--out", Path.GetFullPath(output), .. result.GetValue(_json) ? ["--json"] : Array.Empty<string>()], cancellation)
            : await ObserveAsync(settings, words, result.GetValue(_json), result.GetValue(_quiet), cancellation);
    }

    // Told to end, the sensor delivers what it holds, and its stream ends: the work is not broken off.
    private static async Task<int> ObserveAsync(LoadedSettings settings, string[] words, bool json, bool quiet, CancellationToken cancellation)
    {
        await using var sensor = SensorProcess.Start(words);
        using var late = new CancellationTokenSource();
        await using var stop = cancellation.Register(() =>
        {
            sensor.Stop();
            late.CancelAfter(SensorProcess.Patience);
        });
        try
        {
            return await WatchRun.RunAsync(settings, new WatchRequest { Sensor = "", FromSensor = true, FromStream = true }, sensor.Output, json, quiet, late.Token);
        }
        catch (CommandException fault) when (fault.ExitCode == ExitCodes.BadInput)
        {
            var (code, errors) = await sensor.EndAsync();
            throw code == 0 ? fault : new CommandException(code, errors, fault);
        }
    }

    private static IEnumerable<string> Recording(RecordSettings record) =>
        record.Directory.Length == 0 ? [] : SensorCommandLine.Recording(Path.GetFullPath(record.Directory), record.MaxGiB, record.MaxHours);

    private IEnumerable<string> Faults(ParseResult result)
    {
        var isReader = result.GetValue(_from) is not null;
        if (isReader == result.GetValue(_reflector.Reflectors))
            yield return "say which decoys: --reflectors, or where they have put what they saw: --from DIR; see `kizashi sensor --help`";

        if (isReader && result.GetValue(_out) is not null)
            yield return "--out and --from do not go together";

        if (isReader)
            yield break;

        foreach (var fault in _reflector.Faults(result))
            yield return fault;
    }
}
