using System.Globalization;
using Kizashi.Core.Storage;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Charts;

/// <summary>The activity strip of an address: days across, ports down.</summary>
internal static class SourceChart
{
    private const int MostPorts = 16;

    public static ChartSpec Draw(IReadOnlyList<SourceActivity> activity, TimeRange range, Words words)
    {
        var days = Enumerable.Range(0, (int)range.Length.TotalDays)
            .Select(day => DateOnly.FromDateTime(range.From.UtcDateTime).AddDays(day)).ToList();
        var ports = activity.GroupBy(row => (row.Protocol, row.Port))
            .OrderByDescending(rows => rows.Sum(row => row.Packets)).ToList();
        var shown = ports.Take(MostPorts).Select(rows => rows.Key).ToList();
        var cells = activity
            .Where(row => shown.Contains((row.Protocol, row.Port)) && days.Contains(row.Day))
            .Select(row => new double[]
            {
                days.IndexOf(row.Day), shown.IndexOf((row.Protocol, row.Port)), row.Packets,
            });
        var first = words.Port(PortNames.Label(shown[0].Protocol, shown[0].Port));
        var share = (double)ports[0].Sum(row => row.Packets) / Math.Max(1, activity.Sum(row => row.Packets));
        return new ChartSpec
        {
            Kind = ChartKind.Heat,
            Title = ports.Count > MostPorts
                ? words["source.title.more", first, words.Percent(share), words.Number(ports.Count - MostPorts)]
                : words["source.title", first, words.Percent(share)],
            XLabel = words["source.day"],
            YLabel = words["ports.port"],
            File = "kizashi-activity",
            Categories = [.. days.Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture))],
            Rows = [.. shown.Select(port => words.Port(PortNames.Label(port.Protocol, port.Port)))],
            Cells = [.. cells],
        };
    }
}
