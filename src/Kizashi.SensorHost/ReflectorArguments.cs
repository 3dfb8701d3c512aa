using System.CommandLine;
using System.Net;
using Kizashi.Core.Addresses;
using Kizashi.Core.Sensors;
using Kizashi.Observe.Reflectors;
using Kizashi.Observe.Reflectors.Services;

namespace Kizashi.SensorHost;

/// <summary>What a reflector is told on the command line; `kizashi sensor` takes the same and hands it on.</summary>
public sealed class ReflectorArguments
{
    private static readonly string[] Offered = [.. ReflectorServices.Create(TimeProvider.System).Select(service => service.Name)];

    private readonly Option<string> _listen = new("--listen") { Description = "Addresses to listen on, separated by commas; 0.0.0.0 and :: for all; a network such as 198.51.100.0/24 that is routed here is taken whole. With the default nobody outside is answered", HelpName = "LIST", DefaultValueFactory = _ => "127.0.0.1" };
    private readonly Option<string?> _services = new("--services") { Description = $"Services, separated by commas, of {string.Join(", ", Offered)}; default all; none for the agnostic mode alone", HelpName = "LIST" };
    private readonly Option<string?> _agnostic = new("--agnostic") { Description = "Answer on these ports too, whatever is asked: 5351,9000-9100", HelpName = "PORTS" };
    private readonly Option<string?> _proxy = new("--proxy") { Description = "Let a real server of yours answer for a service, within the same bounds: dns=127.0.0.1:5300,ntp=127.0.0.1:1123", HelpName = "LIST" };
    private readonly Option<string?> _allow = new("--allow-server") { Description = "Addresses outside this machine that --proxy may name", HelpName = "LIST" };
    private readonly Option<string> _sensor = new("--sensor") { Description = "Name of the sensor that the observations carry", HelpName = "NAME", DefaultValueFactory = _ => "reflectors" };
    private readonly Option<string> _country = new("--country") { Description = "Where the sensor stands, two letters such as JP; default what the address books say", HelpName = "CC", DefaultValueFactory = _ => "" };
    private readonly Option<string?> _own = new("--own") { Description = "Networks of yours: a packet of each source in them is kept", HelpName = "LIST" };

    /// <summary>Options that carry a value.</summary>
    public IReadOnlyList<Option> Options { get; }

    public Option<bool> Reflectors { get; } = new("--reflectors") { Description = "Answer on UDP services that are abused for amplification, within strict bounds" };

    public ReflectorArguments()
    {
        _services.CompletionSources.Add(Offered);
        Options = [_listen, _services, _agnostic, _proxy, _allow, _sensor, _country, _own];
    }

    public string Sensor(ParseResult result) => result.GetValue(_sensor)!;

    public string Country(ParseResult result) => result.GetValue(_country)!;

    public IReadOnlyList<Prefix> Own(ParseResult result) => [.. CommaList.Split(result.GetValue(_own)).Select(Prefix.Parse)];

    /// <summary>As it is told; only without <see cref="Faults"/>.</summary>
    public ReflectorOptions Read(ParseResult result, TimeProvider time)
    {
        List<IReflectorService> services = [.. ReflectorServices.Create(time).Where(service => Services(result).Contains(service.Name))];
        if (PortList.TryParse(result.GetValue(_agnostic), out var ports) && ports.Count > 0)
            services.Add(new AgnosticService(ports));

        return new ReflectorOptions
        {
            Services = services,
            Listen = [.. CommaList.Split(result.GetValue(_listen)).Select(Prefix.Parse)],
            Proxies = [.. CommaList.Split(result.GetValue(_proxy)).Select(ProxyText.Parse).OfType<ReflectorProxy>()],
        };
    }

    /// <summary>The same words again, for another process.</summary>
    public IEnumerable<string> Words(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        yield return Reflectors.Name;
        foreach (var option in Options.Cast<Option<string>>())
        {
            if (result.GetValue(option) is not { Length: > 0 } value)
                continue;

            yield return option.Name;
            yield return value;
        }
    }

    /// <summary>Everything that is wrong, a sentence each.</summary>
    public IEnumerable<string> Faults(ParseResult result)
    {
        foreach (var name in Services(result).Except(Offered))
            yield return $"there is no service '{name}'; there are {string.Join(", ", Offered)}";

        foreach (var text in CommaList.Split(result.GetValue(_listen)).Where(text => !Prefix.TryParse(text, out _)))
            yield return $"--listen '{text}' is not an address such as 192.0.2.7, nor a network";

        foreach (var text in CommaList.Split(result.GetValue(_own)).Where(text => !Prefix.TryParse(text, out _)))
            yield return $"--own '{text}' is not a network such as 192.0.2.0/24";

        if (CommaList.Split(result.GetValue(_listen)).Length == 0)
            yield return "--listen needs at least one address";

        if (!PortList.TryParse(result.GetValue(_agnostic), out var agnostic))
            yield return $"--agnostic '{result.GetValue(_agnostic)}' does not name ports such as 5351,9000-9100";
        else if (agnostic.Intersect(OwnPorts(result)).Order().ToList() is { Count: > 0 } twice)
            yield return $"--agnostic names port {twice[0]}, which a service answers on; --services leaves it out";

        if (Services(result).Length + agnostic.Count == 0)
            yield return "no service and no port is left to answer on";

        foreach (var fault in ProxyFaults(result))
            yield return fault;

        if (!SensorNames.IsValid(Sensor(result)))
            yield return $"--sensor must be {SensorNames.Rule}";

        if (Country(result) is { Length: > 0 } country && (country.Length != 2 || !country.All(char.IsAsciiLetterUpper)))
            yield return $"--country '{country}' is not a country such as JP";
    }

    // Requests are passed on to what the operator named, and to nobody else in the world.
    private IEnumerable<string> ProxyFaults(ParseResult result)
    {
        var allowed = CommaList.Split(result.GetValue(_allow)).Select(text => IPAddress.TryParse(text, out var address) ? address : null).ToList();
        foreach (var text in CommaList.Split(result.GetValue(_proxy)))
        {
            if (ProxyText.Parse(text) is not { } proxy)
                yield return $"'{text}' does not name a service and its server, such as dns=127.0.0.1:5300";
            else if (!Services(result).Contains(proxy.Service))
                yield return $"--proxy '{text}' names a service that is not offered";
            else if (!IPAddress.IsLoopback(proxy.Server.Address) && !allowed.Contains(proxy.Server.Address))
                yield return $"--proxy '{text}' is outside this machine; --allow-server {proxy.Server.Address} says that it may be asked";
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
