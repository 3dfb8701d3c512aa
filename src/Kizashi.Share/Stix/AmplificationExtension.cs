using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;

namespace Kizashi.Share.Stix;

/// <summary>What was attacked, how, how much and how long, at the sighting of an amplification attack; docs/stix has its definition and schema.</summary>
internal static class AmplificationExtension
{
    /// <summary>Fixed for good: receivers know it by this.</summary>
    public const string Id = "extension-definition--7c1b0d3e-52aa-5a0e-9c57-0f6a4f0f6c21";

    public static void AddTo(JsonObject sighting, Alert alert)
    {
        var details = alert.Details;
        var extension = new JsonObject
        {
            ["extension_type"] = "property-extension",
            ["victim"] = alert.Subject.Value,
            ["addresses"] = details.Whole(AlertDetails.Hosts) ?? 1,
            ["duration_seconds"] = (long)(alert.LastSeen - alert.FirstSeen).TotalSeconds,
            ["ongoing"] = alert.Closed is null,
            ["requests"] = details.Whole(AlertDetails.Packets) ?? 0,
            ["request_bytes"] = details.Whole(AlertDetails.Bytes) ?? 0,
            ["wanted_bytes"] = details.Whole(AlertDetails.WantedBytes) ?? 0,
            ["max_requests_per_minute"] = details.Whole(AlertDetails.MaxPpm) ?? 0,
            ["services"] = Services(alert),
        };
        if (alert.Facts.Asn != 0)
            extension["victim_asn"] = alert.Facts.Asn;

        if (alert.Facts.Country.Length > 0)
            extension["victim_country"] = alert.Facts.Country;

        if (details[AlertDetails.Commands] is JsonArray { Count: > 0 } commands)
            extension["commands"] = commands.DeepClone();

        if (details.Text(AlertDetails.Fingerprint) is { Length: > 0 } fingerprint)
            extension["fingerprint"] = fingerprint;

        sighting["extensions"] = new JsonObject { [Id] = extension };
    }

    // Of several sensors the sums; an alert of before has only the names.
    private static JsonArray Services(Alert alert)
    {
        if (alert.Details[AlertDetails.Vectors] is JsonArray { Count: > 0 } vectors)
        {
            return
            [
                .. vectors.OfType<JsonObject>().GroupBy(vector => vector.Text("port") ?? "")
                    .Select(group => (JsonNode)new JsonObject
                    {
                        ["port"] = group.Key,
                        ["requests"] = group.Sum(vector => vector.Whole("packets") ?? 0),
                        ["request_bytes"] = group.Sum(vector => vector.Whole("bytes") ?? 0),
                    }),
            ];
        }

        return [.. alert.Details.Texts(AlertDetails.Ports).Select(port => (JsonNode)new JsonObject { ["port"] = port })];
    }
}
