using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Language;
using Kizashi.Portal.Overviews;

namespace Kizashi.Portal.Alerts;

/// <summary>How an outbreak grew, and who in it rises and falls together, as charts.</summary>
internal static class OutbreakCharts
{
    private const long Step = 600_000;

    /// <summary>Hosts per window and sensor; null when nothing is known of its growth.</summary>
    public static ChartSpec? Growth(Alert alert, Words words)
    {
        var points = Objects(alert, AlertDetails.Growth)
            .Select(point => (
                Sensor: point.Text("sensor") ?? "",
                At: RangeChoice.TryTime(point.Text("at"), out var at) ? at.ToUnixTimeMilliseconds() : 0,
                Hosts: point.Number("hosts")))
            .Where(point => point.At > 0 && point.Hosts is not null)
            .ToArray();
        if (points.Length == 0)
            return null;

        // A point stands for the ten minutes that end there.
        var (first, last) = (points.Min(point => point.At) - Step, points.Max(point => point.At));
        var count = (int)Math.Min(10_000, (last - first) / Step);
        var peak = points.MaxBy(point => point.Hosts);
        return new ChartSpec
        {
            Kind = ChartKind.Lines,
            Title = words["outbreak.growth.title", words.Number(peak.Hosts!.Value), words.Minute(DateTimeOffset.FromUnixTimeMilliseconds(peak.At))],
            XLabel = words["chart.time"],
            YLabel = words["outbreak.hosts"],
            File = "kizashi-outbreak",
            Start = first,
            End = last,
            Step = Step,
            Series = [.. points.GroupBy(point => point.Sensor).Select(sensor => Line(sensor.Key, sensor, first, count))],
            Mark = alert.Simulated ? words["simulated.word"] : null,
        };
    }

    /// <summary>The cooperating networks and their ties; null when no engine found any.</summary>
    public static ChartSpec? Ties(Alert alert, Words words)
    {
        var edges = Objects(alert, AlertDetails.Edges)
            .Select(edge => (From: edge.Text("from"), To: edge.Text("to"), Weight: edge.Number("weight") ?? 0))
            .Where(edge => edge.From is not null && edge.To is not null && edge.From != edge.To)
            .ToArray();
        if (edges.Length == 0)
            return null;

        var nodes = edges.SelectMany(edge => new[] { edge.From!, edge.To! }).Distinct(StringComparer.Ordinal).ToList();
        return new ChartSpec
        {
            Kind = ChartKind.Graph,
            Title = words["outbreak.ties.title", words.Number((long)nodes.Count), words.Number((long)edges.Length)],
            XLabel = words["outbreak.ties.from"],
            YLabel = words["outbreak.ties.to"],
            File = "kizashi-outbreak-ties",
            Categories = nodes,
            Cells = [.. edges.Select(edge => new[] { nodes.IndexOf(edge.From!), nodes.IndexOf(edge.To!), edge.Weight })],
            Mark = alert.Simulated ? words["simulated.word"] : null,
        };
    }

    private static ChartSeries Line(
        string sensor, IEnumerable<(string Sensor, long At, double? Hosts)> points, long first, int count)
    {
        var values = new double?[count];
        foreach (var (_, at, hosts) in points)
        {
            var index = ((at - first) / Step) - 1;
            if (index >= 0 && index < count)
                values[index] = hosts;
        }

        return new ChartSeries(sensor, values);
    }

    private static IEnumerable<JsonObject> Objects(Alert alert, string key) =>
        (alert.Details[key] as JsonArray ?? []).OfType<JsonObject>();
}
