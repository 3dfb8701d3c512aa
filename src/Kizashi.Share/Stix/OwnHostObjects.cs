using System.Text.Json.Nodes;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;

namespace Kizashi.Share.Stix;

/// <summary>A host of the own networks: infrastructure that was sighted, with no indicator, since nobody should block it for us.</summary>
internal static class OwnHostObjects
{
    public static void Add(AlertObjects objects, Address host)
    {
        var observed = objects.Observe(host, objects.TrafficFrom(host, portIsSource: false));
        var infected = objects.Words(AlertDetails.Tools).Any(ToolObjects.IsMalware);
        var infrastructure = objects.Add("infrastructure", "infrastructure");
        infrastructure["name"] = $"Own host {host}";
        infrastructure["description"] = objects.Alert.Summary;
        infrastructure["infrastructure_types"] = new JsonArray(infected ? "botnet" : "unknown");
        infrastructure["first_seen"] = objects.FirstSeen;
        infrastructure["last_seen"] = objects.LastSeen;
        var id = (string)infrastructure["id"]!;
        objects.Relate(id, "consists-of", Observables.AddressId(Prefix.Of(host)));
        ToolObjects.Relate(objects, id, "hosts");
        objects.Sight(id, observed, objects.IdentityId);
    }
}
