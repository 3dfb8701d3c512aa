using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Services;
using Kizashi.Share.Csv;

namespace Kizashi.Share.Reports;

/// <summary>Amplification attacks as rows of the report type event4_honeypot_ddos_amp, one for each victim and abused service, for parsers that receivers have already.</summary>
/// <remarks>
/// src_ip is the victim, dst_port the abused service; of a network it is the first address, and the tag names the network. Times are UTC. Addresses of reflectors, names of hosts and
/// sectors are left empty. Columns: github.com/The-Shadowserver-Foundation/report_schema.
/// </remarks>
public sealed class AmplificationReport : IAlertExporter
{
    private const byte Udp = 17;

    private static readonly string[] Columns =
    [
        "timestamp", "protocol", "src_ip", "src_port", "src_asn", "src_geo", "src_region", "src_city", "src_hostname", "src_naics", "src_sector",
        "device_vendor", "device_type", "device_model", "severity", "dst_ip", "dst_port", "dst_asn", "dst_geo", "dst_region", "dst_city", "dst_hostname",
        "dst_naics", "dst_sector", "public_source", "infection", "family", "tag", "application", "version", "event_id", "request", "count", "bytes",
        "end_time", "duration", "avg_pps", "max_pps",
    ];

    public string Format => "event4_honeypot_ddos_amp";

    public string MediaType => "text/csv; charset=utf-8";

    public string Extension => "-event4_honeypot_ddos_amp.csv";

    public IReadOnlyList<string>? Kinds => [EventCatalog.ReflectorAttack];

    public async Task WriteAsync(IEnumerable<Alert> alerts, Stream stream, ExportOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        ArgumentNullException.ThrowIfNull(options);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        writer.NewLine = "\r\n";
        await writer.WriteLineAsync(Line(Columns).AsMemory(), cancellation);
        foreach (var alert in alerts.Where(alert => alert.Kind == EventCatalog.ReflectorAttack && alert.MergedInto is null))
        {
            foreach (var row in Rows(alert, options.Organization))
                await writer.WriteLineAsync(Line(Columns.Select(column => row.GetValueOrDefault(column))).AsMemory(), cancellation);
        }

        await writer.FlushAsync(cancellation);
    }

    private static string Line(IEnumerable<string?> fields) =>
        string.Join(',', fields.Select(field => $"\"{CsvExporter.Safe(field ?? "").Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    private static IEnumerable<Dictionary<string, string>> Rows(Alert alert, string organization)
    {
        var vectors = (alert.Details[AlertDetails.Vectors] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var total = Math.Max(1, vectors.Sum(vector => vector.Whole("packets") ?? 0));
        foreach (var vector in vectors)
        {
            var requests = vector.Whole("packets") ?? 0;
            if (!ushort.TryParse((vector.Text("port") ?? "").Split('/')[^1], CultureInfo.InvariantCulture, out var port))
                continue;

            yield return Row(alert, port, (requests, vector.Whole("bytes") ?? 0), (double)requests / total, organization);
        }
    }

    // The peak is that of all services together; a service has its share of it.
    private static Dictionary<string, string> Row(Alert alert, ushort port, (long Requests, long Bytes) sum, double share, string organization)
    {
        var victim = Prefix.TryParse(alert.Subject.Value, out var network) ? network.First.ToString() : alert.Subject.Value;
        var seconds = Math.Max(0, (long)(alert.LastSeen - alert.FirstSeen).TotalSeconds);
        var peak = (alert.Details.Number(AlertDetails.MaxPps) ?? 0) * share;
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["timestamp"] = Time(alert.FirstSeen),
            ["protocol"] = "udp",
            ["src_ip"] = victim,
            ["src_asn"] = alert.Facts.Asn == 0 ? "" : Text(alert.Facts.Asn),
            ["src_geo"] = alert.Facts.Country,
            ["severity"] = "info",
            ["dst_port"] = Text(port),
            ["public_source"] = organization,
            ["infection"] = "ddos-amplification",
            ["tag"] = Tag(alert, network),
            ["application"] = ServiceCatalog.NameOf(Udp, port).ToLowerInvariant(),
            ["event_id"] = alert.Id,
            ["request"] = alert.Details.Texts(AlertDetails.Commands) is [var command, ..] ? command : "",
            ["count"] = Text(sum.Requests),
            ["bytes"] = Text(sum.Bytes),
            ["end_time"] = Time(alert.LastSeen),
            ["duration"] = Text(seconds),
            ["avg_pps"] = Rate((double)sum.Requests / Math.Max(1, seconds)),
            ["max_pps"] = Rate(peak),
        };
    }

    private static string Tag(Alert alert, Prefix network)
    {
        List<string> tags = [alert.Closed is null ? "ongoing" : "ended"];
        if (alert.Subject.Kind == SubjectKind.Prefix)
            tags.Add("carpet-bombing:" + network);

        if (alert.Simulated)
            tags.Add("simulated");

        return string.Join(';', tags);
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Rate(double rate) => rate.ToString("0.##", CultureInfo.InvariantCulture);
}
