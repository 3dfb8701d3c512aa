using System.CommandLine;
using System.Net;
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
    private readonly Option<string> _listen = new("--listen") { Description = "Addresses to listen on, separated by commas; 0.0.0.0 and :: for all; a network such as 198.51.100.0/24 that is routed here is taken whole. With the default nobody outside is answered", HelpName = "LIST", DefaultValueFactory = _ => "127.0.0.1" };
    private readonly Option<string?> _services = new("--services") { Description = $"Services, separated by commas, of {string.Join(", ", Offered)}; default all; none for the agnostic mode alone", HelpName = "LIST" };
    private readonly Option<string?> _agnostic = new("--agnostic") { Description = "Answer on these ports too, whatever is asked: 5351,9000-9100", HelpName = "PORTS" };
    private readonly Option<string?> _proxy = new("--proxy") { Description = "Let a real server of yours answer for a service, within the same bounds: dns=127.0.0.1:5300,ntp=127.0.0.1:1123", HelpName = "LIST" };
    private readonly Option<string?> _allow = new("--allow-server") { Description = "Addresses outside this machine that --proxy may name", HelpName = "LIST" };
    private readonly Option<string> _sensor = new("--sensor") { Description = "Name of the sensor that the observations carry", HelpName = "NAME", DefaultValueFactory = _ => "reflectors" };
    private readonly Option<bool> _json = new("--json") { Description = "End with one JSON object instead of a table" };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress on standard error" };

    public Command Create(IDictionary<Command, string> examples)
    {
        _services.CompletionSources.Add(Offered);
        var command = new Command("sensor", "Run decoys, here or within the center that runs on the data directory");
        foreach (var option in (Option[])[_reflectors, _listen, _services, _agnostic, _proxy, _allow, _sensor, _json, _quiet])
            command.Options.Add(option);

        command.SetAction(RunAsync);
        examples[command] = """
            kizashi sensor --reflectors                                       on this machine alone, to try it
            sudo kizashi sensor --reflectors --listen 192.0.2.7,2001:db8::7
            sudo kizashi sensor --reflectors --listen 198.51.100.0/24         a whole network
            sudo kizashi sensor --reflectors --listen 0.0.0.0 --services dns,ntp
            sudo kizashi sensor --reflectors --listen 192.0.2.7 --agnostic 5351,9000-9100
            sudo kizashi sensor --reflectors --services dns --proxy dns=127.0.0.1:5300
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
            Agnostic = PortList.TryParse(result.GetValue(_agnostic), out var ports) ? ports : [],
            Proxies = CommaList.Split(result.GetValue(_proxy)),
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

        foreach (var text in CommaList.Split(result.GetValue(_listen)).Where(text => !Prefix.TryParse(text, out _)))
            yield return $"--listen '{TerminalText.Clean(text)}' is not an address such as 192.0.2.7, nor a network";

        if (CommaList.Split(result.GetValue(_listen)).Length == 0)
            yield return "--listen needs at least one address";

        if (!PortList.TryParse(result.GetValue(_agnostic), out var agnostic))
            yield return $"--agnostic '{TerminalText.Clean(result.GetValue(_agnostic)!)}' does not name ports such as 5351,9000-9100";
        else if (agnostic.Intersect(OwnPorts(result)).Order().ToList() is { Count: > 0 } twice)
            yield return $"--agnostic names port {twice[0]}, which a service answers on; --services leaves it out";

        if (Services(result).Length + agnostic.Count == 0)
            yield return "no service and no port is left to answer on";

        foreach (var fault in ProxyFaults(result))
            yield return fault;

        if (!SensorNames.IsValid(result.GetValue(_sensor)!))
            yield return $"--sensor must be {SensorNames.Rule}";
    }

    // Requests are passed on to what the operator named, and to nobody else in the world.
    private IEnumerable<string> ProxyFaults(ParseResult result)
    {
        var allowed = CommaList.Split(result.GetValue(_allow)).Select(text => IPAddress.TryParse(text, out var address) ? address : null).ToList();
        foreach (var text in CommaList.Split(result.GetValue(_proxy)))
        {
            var proxy = ProxyText.Parse(text);
            if (!Services(result).Contains(proxy.Service))
                yield return $"--proxy '{TerminalText.Clean(text)}' names a service that is not offered";
            else if (!IPAddress.IsLoopback(proxy.Server.Address) && !allowed.Contains(proxy.Server.Address))
                yield return $"--proxy '{TerminalText.Clean(text)}' is outside this machine; --allow-server {proxy.Server.Address} says that it may be asked";
        }
    }

    private IEnumerable<ushort> OwnPorts(ParseResult result) =>
        ReflectorServices.Create(TimeProvider.System).Where(service => Services(result).Contains(service.Name)).SelectMany(service => service.Ports);

    private string[] Services(ParseResult result) => result.GetValue(_services) switch
    {
        null => Offered,
        "none" => [],
        var list => CommaList.Split(list),
    };
}
