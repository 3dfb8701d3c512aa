using System.Text.Json.Nodes;
using Kizashi.Core.Addresses;

namespace Kizashi.Share.Stix;

/// <summary>A victim of a denial-of-service attack: an attack pattern that targets it, what was observed, and a sighting at it. Never an indicator.</summary>
internal static class VictimObjects
{
    private const string Technique = "T1498.001";

    public static void Add(AlertObjects objects, Address victim)
    {
        // What reached the darknet are the victim's answers, sent from the attacked port.
        var observed = objects.Observe(victim, objects.TrafficFrom(victim, portIsSource: true));
        var identity = AddVictim(objects, victim);
        var pattern = Pattern(objects.IdentityId);
        objects.AddShared(pattern);
        objects.Relate((string)pattern["id"]!, "targets", identity);
        objects.Relate(identity, "related-to", Observables.AddressId(victim));
        objects.Sight((string)pattern["id"]!, observed, identity);
    }

    private static string AddVictim(AlertObjects objects, Address victim)
    {
        var identity = objects.Add("identity", "victim");
        identity["name"] = $"Victim {victim}";
        identity["description"] = objects.Alert.Summary;
        identity["identity_class"] = "system";
        identity["roles"] = new JsonArray("victim");
        return (string)identity["id"]!;
    }

    private static JsonObject Pattern(string identityId) => new()
    {
        ["type"] = "attack-pattern",
        ["spec_version"] = "2.1",
        ["id"] = StixId.Of("attack-pattern", Technique),
        ["created_by_ref"] = identityId,
        ["created"] = StixExporter.Epoch,
        ["modified"] = StixExporter.Epoch,
        ["name"] = "Direct Network Flood",
        ["external_references"] = new JsonArray(new JsonObject
        {
            ["source_name"] = "mitre-attack",
            ["external_id"] = Technique,
            ["url"] = "https://attack.mitre.org/techniques/T1498/001/",
        }),
    };
}
