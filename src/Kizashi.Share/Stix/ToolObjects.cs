using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;

namespace Kizashi.Share.Stix;

/// <summary>The programs whose fingerprints packets carried, as malware families and tools.</summary>
internal static class ToolObjects
{
    private static readonly string[] Malware = ["mirai", "hajime"];

    public static bool IsMalware(string tool) => Malware.Contains(tool);

    /// <summary>Adds each tool of the alert once and relates something to it.</summary>
    public static void Relate(AlertObjects objects, string source, string relation)
    {
        foreach (var tool in objects.Words(AlertDetails.Tools))
        {
            var json = ObjectOf(tool, objects.IdentityId);
            objects.AddShared(json);
            objects.Relate(source, relation, (string)json["id"]!);
        }
    }

    private static JsonObject ObjectOf(string tool, string identityId)
    {
        var type = IsMalware(tool) ? "malware" : "tool";
        var json = new JsonObject
        {
            ["type"] = type,
            ["spec_version"] = "2.1",
            ["id"] = StixId.Of(type, tool),
            ["created_by_ref"] = identityId,
            ["created"] = StixExporter.Epoch,
            ["modified"] = StixExporter.Epoch,
            ["name"] = tool,
        };
        if (type == "malware")
        {
            json["is_family"] = true;
            json["malware_types"] = new JsonArray("bot", "worm");
        }
        else
        {
            json["tool_types"] = new JsonArray("information-gathering");
        }

        return json;
    }
}
