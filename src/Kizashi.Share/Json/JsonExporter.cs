using System.Buffers;
using System.Text.Json;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;

namespace Kizashi.Share.Json;

/// <summary>One alert a line as a JSON object, for scripts.</summary>
public sealed class JsonExporter : IAlertExporter
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public string Format => "json";

    public string MediaType => "application/x-ndjson";

    public string Extension => ".ndjson";

    public async Task WriteAsync(
        IEnumerable<Alert> alerts, Stream stream, ExportOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        ArgumentNullException.ThrowIfNull(stream);
        // Through a buffer: a writer straight onto the stream writes synchronously when a line is long, which servers forbid.
        var line = new ArrayBufferWriter<byte>();
        await using var writer = new Utf8JsonWriter(line);
        foreach (var alert in alerts)
        {
            Write(writer, alert);
            await writer.FlushAsync(cancellation);
            line.Write(NewLine);
            await stream.WriteAsync(line.WrittenMemory, cancellation);
            line.ResetWrittenCount();
            writer.Reset();
        }
    }

    private static void Write(Utf8JsonWriter json, Alert alert)
    {
        json.WriteStartObject();
        json.WriteString("id", alert.Id);
        json.WriteString("kind", alert.Kind);
        json.WriteString("subject", alert.Subject.Value);
        json.WriteString("severity", Wording.Word(alert.Severity));
        json.WriteNumber("confidence", alert.Confidence);
        json.WriteString("tlp", Wording.Word(alert.Tlp));
        json.WriteString("opened", Wording.Time(alert.Opened));
        json.WriteString("updated", Wording.Time(alert.Updated));
        json.WriteString("closed", Wording.Time(alert.Closed));
        json.WriteString("firstSeen", Wording.Time(alert.FirstSeen));
        json.WriteString("lastSeen", Wording.Time(alert.LastSeen));
        json.WritePropertyName("sensors");
        JsonSerializer.Serialize(json, alert.Sensors, KizashiJson.Options);
        json.WritePropertyName("evidence");
        JsonSerializer.Serialize(json, alert.Evidence, KizashiJson.Options);
        json.WritePropertyName("details");
        alert.Details.WriteTo(json);
        WriteMore(json, alert);
        json.WriteEndObject();
    }

    private static void WriteMore(Utf8JsonWriter json, Alert alert)
    {
        json.WriteString("summary", alert.Summary);
        json.WriteString("subjectKind", Wording.Word(alert.Subject.Kind));
        json.WriteBoolean("simulated", alert.Simulated);
        json.WriteString("prefix", alert.Facts.Prefix?.ToString());
        json.WriteNumber("asn", alert.Facts.Asn);
        json.WriteString("asName", alert.Facts.AsName);
        json.WriteString("country", alert.Facts.Country);
        json.WriteNumber("evidenceDropped", alert.EvidenceDropped);
        json.WriteString("previous", alert.Previous);
        json.WriteString("mergedInto", alert.MergedInto);
        json.WriteString("acknowledged", Wording.Time(alert.Acknowledged));
        json.WriteString("acknowledgedBy", alert.AcknowledgedBy);
        json.WriteString("assignedTo", alert.AssignedTo);
        json.WriteString("verdict", Wording.Word(alert.Verdict));
    }
}
