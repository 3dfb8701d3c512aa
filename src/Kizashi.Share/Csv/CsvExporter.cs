using System.Globalization;
using System.Text;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;

namespace Kizashi.Share.Csv;

/// <summary>One alert a row (RFC 4180), safe to open in a spreadsheet.</summary>
public sealed class CsvExporter : IAlertExporter
{
    private static readonly string[] Columns =
    [
        "id", "kind", "subject", "severity", "confidence", "tlp", "opened", "updated", "closed", "firstSeen", "lastSeen", "sensors",
        "evidence", "asn", "asName", "country", "prefix", "simulated", "verdict", "previous", "summary", "details",
    ];

    public string Format => "csv";

    public string MediaType => "text/csv; charset=utf-8";

    public string Extension => ".csv";

    public async Task WriteAsync(
        IEnumerable<Alert> alerts, Stream stream, ExportOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        writer.NewLine = "\r\n";
        await writer.WriteLineAsync(string.Join(',', Columns).AsMemory(), cancellation);
        foreach (var alert in alerts)
            await writer.WriteLineAsync(string.Join(',', Row(alert).Select(Field)).AsMemory(), cancellation);

        await writer.FlushAsync(cancellation);
    }

    /// <summary>Quotes where RFC 4180 asks for it, and puts an apostrophe before what a spreadsheet would run as a formula.</summary>
    internal static string Field(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";

        var safe = Safe(value);
        return safe.AsSpan().ContainsAny(",\"\r\n'")
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    /// <summary>With an apostrophe before what a spreadsheet would run as a formula.</summary>
    internal static string Safe(string value) =>
        value is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? "'" + value : value;

    private static IEnumerable<string?> Row(Alert alert) =>
    [
        alert.Id,
        alert.Kind,
        alert.Subject.Value,
        Wording.Word(alert.Severity),
        alert.Confidence.ToString("0.##", CultureInfo.InvariantCulture),
        Wording.Word(alert.Tlp),
        Wording.Time(alert.Opened),
        Wording.Time(alert.Updated),
        Wording.Time(alert.Closed),
        Wording.Time(alert.FirstSeen),
        Wording.Time(alert.LastSeen),
        string.Join(' ', alert.Sensors),
        (alert.Evidence.Count + alert.EvidenceDropped).ToString(CultureInfo.InvariantCulture),
        alert.Facts.Asn == 0 ? "" : alert.Facts.Asn.ToString(CultureInfo.InvariantCulture),
        alert.Facts.AsName,
        alert.Facts.Country,
        alert.Facts.Prefix?.ToString(),
        alert.Simulated ? "true" : "false",
        Wording.Word(alert.Verdict),
        alert.Previous,
        alert.Summary,
        alert.Details.ToJsonString(),
    ];
}
