using System.CommandLine;
using Kizashi.Cli.Configuration;
using Kizashi.Cli.Terminal;
using Kizashi.Cli.Watching;
using Kizashi.Core.Addresses;
using Kizashi.Observe.Reflectors;

namespace Kizashi.Cli.Commands;

/// <summary>kizashi sensor: decoys.</summary>
internal sealed class SensorCommand(GlobalOptions global) : ICommandSource
{
    private static readonly string[] Offered = [.. ReflectorServices.Create(TimeProvider.System).Select(service => service.Name)];

    private readonly Option<bool> _reflectors = new("--reflectors") { Description = "Answer on UDP services that are abused for amplification, within strict bounds" };
    private readonly Option<string> _listen = new("--listen") { Description = "Addresses to listen on, separated by commas; 0.0.0.0 and :: for all. With the default nobody outside is answered", HelpName = "LIST", DefaultValueFactory = _ => "127.0.0.1" };
    private readonly Option<string?> _services = new("--services") { Description = $"Services, separated by commas, of {string.Join(", ", Offered)}; default all", HelpName = "LIST" };
    private readonly Option<string> _sensor = new("--sensor") { Description = "Name of the sensor that the observations carry", HelpName = "NAME", DefaultValueFactory = _ => "reflectors" };
    private readonly Option<bool> _json = new("--json") { Description = "End with one JSON object instead of a table" };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress on standard error" };

    public Command Create(IDictionary<Command, string> examples)
    {
        _services.CompletionSources.Add(Offered);
        var command = new Command("sensor", "Run decoys, here or within the center that runs on the data directory");
        foreach (var option in (Option[])[_reflectors, _listen, _services, _sensor, _json, _quiet])
            command.Options.Add(option);

        command.SetAction(RunAsync);
        examples[command] = """
            kizashi sensor --reflectors                                       on this machine alone, to try it
            sudo kizashi sensor --reflectors --listen 192.0.2.7,2001:db8::7
            sudo kizashi sensor --reflectors --listen 0.0.0.0 --services dns,ntp
            """;
        return command;
    }

    private Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var faults = Faults(result).ToList();
        if (faults.Count > 0)
            throw new CommandException(ExitCodes.Usage, string.Join("\nkizashi: ", faults));

        var request = new WatchRequest
        {
            Sensor = result.GetValue(_sensor)!,
            Reflectors = Services(result),
            Listen = CommaList.Split(result.GetValue(_listen)),
        };
        return WatchRun.RunAsync(global.Load(result), request, result.GetValue(_json), result.GetValue(_quiet), cancellation);
    }

    private IEnumerable<string> Faults(ParseResult result)
    {
        if (!result.GetValue(_reflectors))
            yield return "say which decoys: --reflectors; see `kizashi sensor --help`";

        foreach (var name in Services(result).Except(Offered))
            yield return $"there is no service '{TerminalText.Clean(name)}'; there are {string.Join(", ", Offered)}";

        foreach (var text in CommaList.Split(result.GetValue(_listen)).Where(text => !Address.TryParse(text, out _)))
            yield return $"--listen '{TerminalText.Clean(text)}' is not an address such as 192.0.2.7";

        if (CommaList.Split(result.GetValue(_listen)).Length == 0)
            yield return "--listen needs at least one address";

        if (!SensorNames.IsValid(result.GetValue(_sensor)!))
            yield return $"--sensor must be {SensorNames.Rule}";
    }

    private string[] Services(ParseResult result) => result.GetValue(_services) is { } list ? CommaList.Split(list) : Offered;
}
