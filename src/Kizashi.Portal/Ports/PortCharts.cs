using Kizashi.Core.Storage;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Ports;

/// <summary>The charts of a port's page: how it grows.</summary>
internal static class PortCharts
{
    public static ChartSpec Sources(PortView view, Words words)
    {
        var top = view.Series.Where(point => point.Sources is not null).MaxBy(point => point.Sources);
        return Growth(view, words, point => point.Sources) with
        {
            Title = top?.Sources is > 0
                ? words["port.sources.title", words.Number(top.Sources.Value), words.Minute(top.At)]
                : words["port.none"],
            YLabel = words["chart.sources"],
            File = "kizashi-port-sources",
        };
    }

    public static ChartSpec Packets(PortView view, Words words)
    {
        var top = view.Series.Where(point => point.Packets is not null).MaxBy(point => point.Packets);
        return Growth(view, words, point => point.Packets) with
        {
            Title = top?.Packets is > 0
                ? words["port.packets.title", words.Number(top.Packets.Value), words.Minute(top.At)]
                : words["port.none"],
            YLabel = words["chart.packets"],
            File = "kizashi-port-packets",
        };
    }

    private static ChartSpec Growth(PortView view, Words words, Func<SeriesPoint, long?> value) => new()
    {
        Kind = ChartKind.Lines,
        Title = "",
        XLabel = words["chart.time"],
        YLabel = "",
        File = "",
        Start = (view.Series.Count > 0 ? view.Series[0].At : view.Range.From).ToUnixTimeMilliseconds(),
        End = view.Range.To.ToUnixTimeMilliseconds(),
        Step = (long)view.Bucket.TotalMilliseconds,
        Series = [new ChartSeries(words["rate.all"], [.. view.Series.Select(point => (double?)value(point))])],
    };
}
