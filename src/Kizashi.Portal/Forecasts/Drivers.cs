using System.Globalization;
using Kizashi.Core.Addresses;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Storage;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Forecasts;

/// <summary>What drives a series: of which of its parts there is to be more, or who came to a port.</summary>
internal sealed class Drivers(IForecastBook book, IObservationStore observations, IAddressBook addresses)
{
    private const int Shown = 8;
    private const int MostSources = 20_000;

    /// <summary>Series that add up to it, or the same by port where a source may be in several; those that change most first.</summary>
    public IReadOnlyList<DriverRow> PartsOf(SeriesOutlook series, Words words)
    {
        if (series.Key.Length > 0)
            return [];

        var all = book.Latest?.Series.Values.ToList() ?? [];
        var parts = all.FindAll(part => part.Declaration.Total == series.Declaration.Name);
        return Rows(parts.Count > 0 ? parts : all.Where(part => part.Declaration.By == "port" && part.Declaration.Count == series.Declaration.Count), words);
    }

    private static IReadOnlyList<DriverRow> Rows(IEnumerable<SeriesOutlook> parts, Words words) =>
    [
        .. parts
            .Select(OutlookRow.Of)
            .OrderByDescending(row => Math.Abs(row.Rise)).Take(Shown)
            .Select(row => new DriverRow(SeriesLabel.Of(row.Series, words), Components.Pages.ForecastPage.PathOf(row.Series.Name), row.LastDay ?? 0, row.NextDay)),
    ];

    /// <summary>Countries whose sources of a port have become more or less from the day before the last to the last; empty for what is no port.</summary>
    public async Task<IReadOnlyList<DriverRow>> CountriesOfAsync(SeriesOutlook series, Words words, CancellationToken cancellation)
    {
        var parts = series.Key.Split('/');
        if (series.Declaration is not { Over: SeriesOrigin.Observations, By: "port" } || parts.Length != 2 || !addresses.IsLoaded
            || !PortNames.TryProtocol(parts[0], out var protocol) || !ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return [];
        }

        var after = await CountAsync(protocol, port, new TimeRange(series.From.AddDays(-1), series.From), cancellation);
        var before = await CountAsync(protocol, port, new TimeRange(series.From.AddDays(-2), series.From.AddDays(-1)), cancellation);
        return
        [
            .. after.Keys.Union(before.Keys)
                .Select(country => new DriverRow(
                    country.Length == 0 ? words["unknown"] : words.Country(country), country.Length == 0 ? null : "/alerts?country=" + country,
                    before.GetValueOrDefault(country), after.GetValueOrDefault(country)))
                .OrderByDescending(row => Math.Abs(row.After - row.Before)).Take(Shown),
        ];
    }

    private async Task<Dictionary<string, int>> CountAsync(byte protocol, ushort port, TimeRange range, CancellationToken cancellation)
    {
        var sources = await observations.PortSourcesAsync(protocol, port, range, MostSources, cancellation);
        return sources.CountBy(source => addresses.Lookup(source.Source).Country).ToDictionary();
    }
}
