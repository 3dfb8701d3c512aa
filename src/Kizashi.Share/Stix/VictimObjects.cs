using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Addresses;

namespace Kizashi.Share.Stix;

/// <summary>A victim of a denial-of-service attack: an attack pattern that targets it, what was observed, and a sighting at it. Never an indicator.</summary>
internal static class VictimObjects
{
    private const string Technique = "T1498.001";
    private const string Reflection = "T1498.002";

    public static void Add(AlertObjects objects, Prefix victim)
    {
        // What reached the darknet are the victim's answers, sent from the attacked port; what reached reflectors are requests in its name.
        var isReflected = objects.Alert.Kind == EventCatalog.ReflectorAttack;
        var observed = objects.Observe([victim], objects.TrafficFrom(victim, portIsSource: !isReflected));
        var identity = AddVictim(objects, victim);
        var pattern = Pattern(objects.IdentityId, isReflected);
        objects.AddShared(pattern);
        objects.Relate((string)pattern["id"]!, "targets", identity);
        objects.Relate(identity, "related-to", Observables.AddressId(victim));
        var sighting = objects.Sight((string)pattern["id"]!, observed, identity);
        if (isReflected)
            AmplificationExtension.AddTo(sighting, objects.Alert);
    }

    private static string AddVictim(AlertObjects objects, Prefix victim)
    {
        var identity = objects.Add("identity", "victim");
        identity["name"] = $"Victim {objects.Alert.Subject.Value}";
        identity["description"] = objects.Alert.Summary;
        identity["identity_class"] = "system";
        identity["roles"] = new JsonArray("victim");
        return (string)identity["id"]!;
    }

    private static JsonObject Pattern(string identityId, bool isReflected) => new()
    {
        ["type"] = "attack-pattern",
        ["spec_version"] = "2.1",
        ["id"] = StixId.Of("attack-pattern", isReflected ? Reflection : Technique),
        ["created_by_ref"] = identityId,
        ["created"] = StixExporter.Epoch,
        ["modified"] = StixExporter.Epoch,
        ["name"] = isReflected ? "Reflection Amplification" : "Direct Network Flood",
        ["external_references"] = new JsonArray(new JsonObject
        {
            ["source_name"] = "mitre-attack",
            ["external_id"] = isReflected ? Reflection : Technique,
            ["url"] = isReflected ? "https://attack.mitre.org/techniques/T1498/002/" : "https://attack.mitre.org/techniques/T1498/001/",
        }),
    };
}
