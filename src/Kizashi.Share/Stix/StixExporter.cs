using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;

namespace Kizashi.Share.Stix;

/// <summary>Alerts as one STIX 2.1 bundle. The same alerts always give the same bundle, byte for byte.</summary>
/// <remarks>Objects are written as alerts come, so memory does not grow with their number.</remarks>
public sealed class StixExporter : IAlertExporter
{
    /// <summary>When the objects that belong to no single alert were made: they never change.</summary>
    internal const string Epoch = "2026-01-01T00:00:00.000Z";

    // Beyond it a shared object may stand twice, which STIX allows.
    private const int MostRemembered = 65_536;

    private static readonly HashSet<string> Shared =
        ["ipv4-addr", "ipv6-addr", "autonomous-system", "marking-definition", "tool", "malware", "attack-pattern"];

    public string Format => "stix";

    public string MediaType => "application/stix+json;version=2.1";

    public string Extension => ".json";

    public async Task WriteAsync(
        IEnumerable<Alert> alerts, Stream stream, ExportOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        ArgumentNullException.ThrowIfNull(options);
        var identity = Identity(options.Organization);
        var written = new HashSet<string>(StringComparer.Ordinal);
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        content.AppendData(Encoding.UTF8.GetBytes(options.Organization + "\n"));
        await using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteString("type", "bundle");
        writer.WriteStartArray("objects");
        identity.WriteTo(writer);
        foreach (var alert in alerts)
        {
            content.AppendData(Encoding.UTF8.GetBytes($"{alert.Id} {Wording.Time(alert.Updated)} {Wording.Time(alert.Closed)}\n"));
            foreach (var json in ObjectsOf(alert, (string)identity["id"]!))
            {
                if (IsFresh(json, written))
                    json.WriteTo(writer);
            }

            await writer.FlushAsync(cancellation);
        }

        writer.WriteEndArray();
        writer.WriteString("id", StixId.Of("bundle", Convert.ToHexStringLower(content.GetHashAndReset())));
        writer.WriteEndObject();
        await writer.FlushAsync(cancellation);
    }

    internal static IEnumerable<JsonObject> ObjectsOf(Alert alert, string identityId)
    {
        var objects = new AlertObjects(alert, identityId);
        if (Address.TryParse(alert.Subject.Value, out var address))
            AddAddress(objects, address);
        else if (alert.Kind == EventCatalog.ReflectorAttack && Prefix.TryParse(alert.Subject.Value, out var network))
            VictimObjects.Add(objects, network);
        else if (alert.Kind == EventCatalog.DarknetOutbreak)
            OutbreakObjects.Add(objects);

        // What is about no address, such as a sensor's gap, is a report.
        if (objects.Objects.Count == 0)
            Report(objects);

        var markings = alert.Simulated
            ? [TlpMarking.ObjectOf(alert.Tlp), SimulatedMarking.Object]
            : new[] { TlpMarking.ObjectOf(alert.Tlp) };
        return markings.Concat(objects.Objects);
    }

    private static void AddAddress(AlertObjects objects, Address address)
    {
        switch (objects.Alert.Kind)
        {
            case EventCatalog.DarknetScan or EventCatalog.DarknetScannerAggressive:
                ScannerObjects.Add(objects, address);
                break;
            case EventCatalog.DarknetDosVictim or EventCatalog.ReflectorAttack:
                VictimObjects.Add(objects, Prefix.Of(address));
                break;
            case EventCatalog.DarknetOwnHost:
                OwnHostObjects.Add(objects, address);
                break;
        }
    }

    private static void Report(AlertObjects objects)
    {
        var subject = objects.Add("identity", "subject");
        subject["name"] = objects.Alert.Subject.Value;
        subject["identity_class"] = "system";
        var report = objects.Add("report", "report");
        report["name"] = $"{objects.Alert.Kind} {objects.Alert.Subject.Value}";
        report["description"] = objects.Alert.Summary;
        report["published"] = Wording.Time(objects.Alert.Opened);
        report["object_refs"] = new JsonArray((JsonNode)(string)subject["id"]!);
    }

    private static JsonObject Identity(string organization) => new()
    {
        ["type"] = "identity",
        ["spec_version"] = "2.1",
        ["id"] = StixId.Of("identity", organization),
        ["created"] = Epoch,
        ["modified"] = Epoch,
        ["name"] = organization,
        ["identity_class"] = "organization",
    };

    // Addresses, systems, tools and markings are shared by alerts; everything else is named for its alert.
    private static bool IsFresh(JsonObject json, HashSet<string> written)
    {
        if (!Shared.Contains((string)json["type"]!))
            return true;

        var id = (string)json["id"]!;
        return written.Count >= MostRemembered ? !written.Contains(id) : written.Add(id);
    }
}
