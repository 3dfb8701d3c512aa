using Kizashi.Core.Addresses;
using Kizashi.Core.Storage;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Ports;

/// <summary>The charts of a port's page: how it grows, and from where.</summary>
internal static class PortCharts
{
    private const int MostCountries = 10;

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

    /// <summary>Null when no source has a known country.</summary>
    public static ChartSpec? Countries(PortView view, IAddressBook book, Words words)
    {
        var countries = view.Sources
            .GroupBy(source => book.Lookup(source.Source).Country)
            .Where(group => group.Key.Length > 0)
            .Select(group => (Country: group.Key, Sources: group.Count()))
            .OrderByDescending(country => country.Sources)
            .ThenBy(country => country.Country, StringComparer.Ordinal)
            .Take(MostCountries)
            .ToList();
        if (countries.Count == 0)
            return null;

        var (first, count) = countries[0];
        return new ChartSpec
        {
            Kind = ChartKind.Bars,
            Title = words["port.countries.title", words.Country(first), words.Percent((double)count / view.Sources.Count)],
            XLabel = words["chart.sources"],
            YLabel = words["chart.place"],
            File = "kizashi-port-countries",
            Categories = [.. countries.Select(country => words.Country(country.Country))],
            Series = [new ChartSeries(words["chart.sources"], [.. countries.Select(country => (double?)country.Sources)])],
            Links = [.. countries.Select(country => "/alerts?country=" + country.Country)],
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
