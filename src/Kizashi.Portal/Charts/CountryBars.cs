using Kizashi.Core.Addresses;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Charts;

/// <summary>From which countries sources come.</summary>
internal static class CountryBars
{
    private const int Most = 10;

    /// <summary>Null when no source has a known country.</summary>
    /// <param name="sources">Each once.</param>
    /// <param name="book">Knows their countries.</param>
    /// <param name="words">Of the reader.</param>
    /// <param name="file">Name of downloads, without extension.</param>
    public static ChartSpec? Draw(IReadOnlyCollection<Address> sources, IAddressBook book, Words words, string file)
    {
        var countries = sources
            .CountBy(source => book.Lookup(source).Country)
            .Where(pair => pair.Key.Length > 0)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(Most)
            .ToList();
        if (countries.Count == 0)
            return null;

        var (first, count) = countries[0];
        return new ChartSpec
        {
            Kind = ChartKind.Bars,
            Title = words["port.countries.title", words.Country(first), words.Percent((double)count / sources.Count)],
            XLabel = words["chart.sources"],
            YLabel = words["chart.place"],
            File = file,
            Categories = [.. countries.Select(country => words.Country(country.Key))],
            Series = [new ChartSeries(words["chart.sources"], [.. countries.Select(country => (double?)country.Value)])],
            Links = [.. countries.Select(country => "/alerts?country=" + country.Key)],
        };
    }
}
