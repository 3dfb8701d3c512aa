using System.Globalization;
using System.Text.Json.Nodes;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;

namespace Kizashi.Share.Stix;

/// <summary>An outbreak: the botnet as infrastructure, an indicator of its traffic, some sources as observed, and where it was sighted.</summary>
internal static class OutbreakObjects
{
    private const int MostPorts = 16;
    private const int MostSources = 16;

    /// <summary>Such waves pass; an indicator holds for two days after it was last seen.</summary>
    private static readonly TimeSpan Validity = TimeSpan.FromDays(2);

    public static void Add(AlertObjects objects)
    {
        var ports = objects.Words(AlertDetails.Ports).Take(MostPorts).ToArray();
        var sources = objects.Words(AlertDetails.Sources)
            .Select(text => Address.TryParse(text, out var address) ? address : (Address?)null)
            .OfType<Address>()
            .Take(MostSources)
            .ToArray();
        var infrastructure = AddInfrastructure(objects);
        var indicator = AddIndicator(objects, ports);
        objects.Relate(indicator, "indicates", infrastructure);
        ToolObjects.Relate(objects, indicator, "indicates");
        if (sources.Length == 0)
            return;

        var observed = objects.Observe([.. sources.Select(Prefix.Of)], sources.SelectMany(source => objects.TrafficFrom(source, portIsSource: false).Take(1)));
        objects.Relate(indicator, "based-on", observed);
        foreach (var source in sources)
            objects.Relate(infrastructure, "consists-of", Observables.AddressId(Prefix.Of(source)));

        objects.Sight(indicator, observed, objects.IdentityId);
    }

    private static string AddInfrastructure(AlertObjects objects)
    {
        var infrastructure = objects.Add("infrastructure", "infrastructure");
        infrastructure["name"] = $"Outbreak {objects.Alert.Subject}";
        infrastructure["description"] = objects.Alert.Summary;
        infrastructure["infrastructure_types"] = new JsonArray("botnet");
        infrastructure["first_seen"] = objects.FirstSeen;
        infrastructure["last_seen"] = objects.LastSeen;
        return (string)infrastructure["id"]!;
    }

    private static string AddIndicator(AlertObjects objects, IEnumerable<string> ports)
    {
        var indicator = objects.Add("indicator", "indicator");
        indicator["name"] = $"Outbreak {objects.Alert.Subject}";
        indicator["description"] = objects.Alert.Summary;
        indicator["indicator_types"] = new JsonArray("malicious-activity", "anomalous-activity");
        indicator["pattern"] = $"[{string.Join(" OR ", ports.DefaultIfEmpty("ip").Select(Comparison))}]";
        indicator["pattern_type"] = "stix";
        indicator["pattern_version"] = "2.1";
        indicator["valid_from"] = objects.FirstSeen;
        indicator["valid_until"] = Wording.Time(objects.Alert.LastSeen + Validity);
        if (objects.Alert.Verdict == Verdict.False)
            indicator["revoked"] = true;

        return (string)indicator["id"]!;
    }

    // A port alone is no crime: the pattern says what traffic belongs to it, the sources say who sends it.
    private static string Comparison(string port)
    {
        var slash = port.IndexOf('/', StringComparison.Ordinal);
        var protocol = slash > 0 ? port[..slash] : port;
        var name = protocol.All(char.IsAsciiLetterOrDigit) ? protocol : "ip";
        return slash > 0 && ushort.TryParse(port.AsSpan(slash + 1), CultureInfo.InvariantCulture, out var number)
            ? $"(network-traffic:protocols[*] = '{name}' AND network-traffic:dst_port = {number})"
            : $"network-traffic:protocols[*] = '{name}'";
    }
}
