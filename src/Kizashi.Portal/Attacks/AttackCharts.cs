using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Language;
using Kizashi.Portal.Overviews;

namespace Kizashi.Portal.Attacks;

/// <summary>Amplification attacks as charts.</summary>
internal static class AttackCharts
{
    private const long Step = 60_000;
    private const int Most = 10;
    private const int FewestMinutes = 3;

    /// <summary>Requests a minute, by sensor; null when hardly a minute is known.</summary>
    public static ChartSpec? Rate(Alert alert, Words words)
    {
        var points = (alert.Details[AlertDetails.Growth] as JsonArray ?? []).OfType<JsonObject>()
            .Select(point => (
                Sensor: point.Text("sensor") ?? "",
                At: RangeChoice.TryTime(point.Text("at"), out var at) ? at.ToUnixTimeMilliseconds() : 0,
                Requests: point.Number("packets")))
            .Where(point => point.At > 0 && point.Requests is not null)
            .ToArray();
        if (points.Length == 0)
            return null;

        // A point stands for the minute that ends there.
        var (first, last) = (points.Min(point => point.At) - Step, points.Max(point => point.At));
        var count = (int)Math.Min((last - first) / Step, 10_000);
        if (count < FewestMinutes)
            return null;

        var peak = points.MaxBy(point => point.Requests);
        return new ChartSpec
        {
            Kind = ChartKind.Lines,
            Title = words["attack.rate.title", words.Number(peak.Requests!.Value), words.Minute(DateTimeOffset.FromUnixTimeMilliseconds(peak.At - Step))],
            XLabel = words["chart.time"],
            YLabel = words["attack.rate.axis"],
            File = "kizashi-attack",
            Start = first,
            End = last,
            Step = Step,
            Series = [.. points.GroupBy(point => point.Sensor).Select(sensor => Line(sensor, first, count))],
            Mark = alert.Simulated ? words["simulated.word"] : null,
        };
    }

    /// <summary>How many attacks each of something has, most first; null when none has any.</summary>
    /// <param name="attacks">Each once.</param>
    /// <param name="keys">What an attack counts for.</param>
    /// <param name="title">Of the first and its share.</param>
    /// <param name="axis">What is counted for.</param>
    /// <param name="file">Name of downloads, without extension.</param>
    /// <param name="words">Of the reader.</param>
    public static ChartSpec? Count(
        IReadOnlyCollection<Alert> attacks, Func<Alert, IEnumerable<(string Label, string Link)>> keys, string title, string axis, string file, Words words)
    {
        var counts = attacks.SelectMany(keys).CountBy(key => key)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Label, StringComparer.Ordinal).Take(Most).ToList();
        if (counts.Count == 0)
            return null;

        return new ChartSpec
        {
            Kind = ChartKind.Bars,
            Title = words[title, counts[0].Key.Label, words.Percent((double)counts[0].Value / attacks.Count)],
            XLabel = words["attacks.count"],
            YLabel = words[axis],
            File = file,
            Categories = [.. counts.Select(pair => pair.Key.Label)],
            Series = [new ChartSeries(words["attacks.count"], [.. counts.Select(pair => (double?)pair.Value)])],
            Links = [.. counts.Select(pair => pair.Key.Link)],
            Mark = attacks.Any(attack => attack.Simulated) ? words["simulated.word"] : null,
        };
    }

    private static ChartSeries Line(IGrouping<string, (string Sensor, long At, double? Requests)> sensor, long first, int count)
    {
        var values = new double?[count];
        Array.Fill(values, 0);
        foreach (var point in sensor)
        {
            var at = (int)((point.At - Step - first) / Step);
            if (at >= 0 && at < count)
                values[at] = point.Requests;
        }

        return new ChartSeries(sensor.Key, values);
    }
}
