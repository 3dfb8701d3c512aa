using System.Globalization;
using System.Text;
using Kizashi.Cli.Client;
using Kizashi.Core.Alerts;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Cli.Terminal;

/// <summary>An alert with all its evidence, for reading.</summary>
internal sealed class AlertReport(TextWriter output, IPacketDissector dissector)
{
    public void Write(AlertFile file)
    {
        var alert = file.Alert;
        if (alert.Simulated)
            Line("*** SIMULATED TRAFFIC: nothing of this happened ***");

        Line(alert.Summary);
        Line("");
        Field("id", alert.Id);
        Field("kind", alert.Kind);
        Field("subject", $"{alert.Subject.Value} ({alert.Subject.Kind.ToString().ToLowerInvariant()})");
        Field("severity", alert.Severity.ToString().ToLowerInvariant());
        Field("confidence", alert.Confidence.ToString("0.00", CultureInfo.InvariantCulture));
        Field("TLP", alert.Tlp.ToString().ToUpperInvariant());
        Field("opened", Time(alert.Opened));
        Field("updated", Time(alert.Updated));
        Field("closed", alert.Closed is { } closed ? Time(closed) : "no, it goes on");
        Field("first seen", Time(alert.FirstSeen));
        Field("last seen", Time(alert.LastSeen));
        Field("sensors", string.Join(", ", alert.Sensors));
        WriteFacts(alert);
        Field("before", alert.Previous);
        Field("merged into", alert.MergedInto);
        WritePeople(alert);
        WriteDetails(alert);
        WriteEvidence(alert);
        WriteSamples(file.Samples);
    }

    private void WriteFacts(Alert alert)
    {
        if (alert.Facts.Asn > 0)
            Field("AS", $"AS{alert.Facts.Asn} {alert.Facts.AsName}".TrimEnd());

        Field("prefix", alert.Facts.Prefix?.ToString());
        Field("country", alert.Facts.Country);
    }

    private void WritePeople(Alert alert)
    {
        Field("acknowledged", alert.Acknowledged is { } at ? $"{Time(at)} by {alert.AcknowledgedBy}" : null);
        Field("assigned to", alert.AssignedTo);
        Field("verdict", alert.Verdict == Verdict.None ? null : alert.Verdict.ToString().ToLowerInvariant());
        foreach (var note in alert.Notes)
            Field("note", $"{Time(note.At)} {note.Who}: {note.Text}");
    }

    private void WriteDetails(Alert alert)
    {
        Line("");
        Line("Details");
        foreach (var (name, value) in alert.Details)
            Field("  " + name, value?.ToJsonString());
    }

    private void WriteEvidence(Alert alert)
    {
        Line("");
        Line(alert.EvidenceDropped > 0 ? $"Evidence ({alert.EvidenceDropped} older events not kept)" : "Evidence");
        foreach (var evidence in alert.Evidence)
        {
            Line($"  {Time(evidence.From)} .. {Time(evidence.To)}  {evidence.Sensor}: {evidence.Summary}");
            Line($"    {evidence.Packets} packets; event {evidence.EventId}; batches {string.Join(' ', evidence.Batches)}");
        }
    }

    private void WriteSamples(IReadOnlyList<PacketSample> samples)
    {
        Line("");
        Line(samples.Count == 0 ? "No packets were sampled." : $"{samples.Count} sampled packets");
        foreach (var payload in dissector.Payloads(samples))
            Line($"  payload {payload.Digest}  {payload.Protocol}  {payload.Packets} packets of {payload.Sources} sources  {payload.Title}");

        foreach (var sample in samples)
        {
            var at = DateTimeOffset.UnixEpoch.AddMicroseconds(sample.TimeMicros);
            Line("");
            Line($"  {at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}  {sample.Source} > {sample.Destination}  {sample.WireLength} bytes");
            foreach (var layer in dissector.Dissect(sample.Bytes))
                Line($"    {layer.Name}: {string.Join(", ", layer.Fields.Select(field => $"{field.Name} {field.Value}"))}");

            WriteHex(sample.Bytes);
        }
    }

    private void WriteHex(byte[] bytes)
    {
        for (var offset = 0; offset < bytes.Length; offset += 16)
        {
            var row = bytes.AsSpan(offset, Math.Min(16, bytes.Length - offset));
            var text = new StringBuilder();
            foreach (var value in row)
                text.Append(value is >= 0x20 and < 0x7F ? (char)value : '.');

            var hex = string.Join(' ', Convert.ToHexStringLower(row).Chunk(2).Select(pair => new string(pair)));
            Line($"    {offset:x4}  {hex,-47}  {text}");
        }
    }

    private void Field(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            Line($"{name,-16} {value}");
    }

    private void Line(string text) => output.WriteLine(TerminalText.Clean(text));

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
