using System.Text.Json.Nodes;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;

namespace Kizashi.Share.Stix;

/// <summary>A scanning source: an indicator of its address, the infrastructure it is, what was observed, and where.</summary>
internal static class ScannerObjects
{
    /// <summary>Addresses change hands; an indicator holds for a week after it was last seen.</summary>
    private static readonly TimeSpan Validity = TimeSpan.FromDays(7);

    public static void Add(AlertObjects objects, Address source)
    {
        var observed = objects.Observe(source, objects.TrafficFrom(source, portIsSource: false));
        var infrastructure = AddInfrastructure(objects, source);
        var indicator = AddIndicator(objects, source);
        objects.Relate(indicator, "indicates", infrastructure);
        objects.Relate(indicator, "based-on", observed);
        objects.Relate(infrastructure, "consists-of", Observables.AddressId(Prefix.Of(source)));
        ToolObjects.Relate(objects, indicator, "indicates");
        objects.Sight(indicator, observed, objects.IdentityId);
    }

    private static string AddInfrastructure(AlertObjects objects, Address source)
    {
        var infected = objects.Words(AlertDetails.Tools).Any(ToolObjects.IsMalware);
        var infrastructure = objects.Add("infrastructure", "infrastructure");
        infrastructure["name"] = $"Scanner {source}";
        infrastructure["infrastructure_types"] = new JsonArray(infected ? "botnet" : "reconnaissance");
        infrastructure["first_seen"] = objects.FirstSeen;
        infrastructure["last_seen"] = objects.LastSeen;
        return (string)infrastructure["id"]!;
    }

    private static string AddIndicator(AlertObjects objects, Address source)
    {
        var indicator = objects.Add("indicator", "indicator");
        indicator["name"] = $"Scanner {source}";
        indicator["description"] = objects.Alert.Summary;
        indicator["indicator_types"] = TypesOf(objects);
        indicator["pattern"] = $"[{(source.IsV4 ? "ipv4-addr" : "ipv6-addr")}:value = '{source}']";
        indicator["pattern_type"] = "stix";
        indicator["pattern_version"] = "2.1";
        indicator["valid_from"] = objects.FirstSeen;
        indicator["valid_until"] = Wording.Time(objects.Alert.LastSeen + Validity);
        if (objects.Alert.Verdict == Verdict.False)
            indicator["revoked"] = true;

        return (string)indicator["id"]!;
    }

    private static JsonArray TypesOf(AlertObjects objects)
    {
        if (objects.Has(AlertDetails.KnownScanner))
            return ["benign"];

        return objects.Words(AlertDetails.Tools).Any(ToolObjects.IsMalware)
            ? ["malicious-activity", "compromised"]
            : ["anomalous-activity"];
    }
}
