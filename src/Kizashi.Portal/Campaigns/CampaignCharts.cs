using Kizashi.Core.Addresses;
using Kizashi.Core.Campaigns;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Campaigns;

/// <summary>The charts of a campaign's page: how it grows, and from where.</summary>
internal static class CampaignCharts
{
    private const int MostCountries = 10;

    /// <summary>Sources that have joined in all, and those active, by hour.</summary>
    public static ChartSpec Growth(Campaign campaign, Words words)
    {
        var hours = campaign.Hours;
        var top = hours.MaxBy(hour => hour.Active);
        var (steps, first) = Steps(campaign);
        var joined = 0L;
        var (total, active) = (new double?[steps], new double?[steps]);
        var at = 0;
        for (var step = 0; step < steps; step++)
        {
            active[step] = 0;
            if (at < hours.Count && hours[at].Start == first.AddHours(step))
            {
                joined += hours[at].Joined;
                active[step] = hours[at++].Active;
            }

            total[step] = joined;
        }

        return new ChartSpec
        {
            Kind = ChartKind.Lines,
            Title = top is null
                ? words["campaigns.none"]
                : words["campaign.growth.title", words.Number(joined), words.Number((long)top.Active), words.Minute(top.Start)],
            XLabel = words["chart.time"],
            YLabel = words["chart.sources"],
            File = "kizashi-campaign-growth",
            Start = first.ToUnixTimeMilliseconds(),
            End = first.AddHours(steps).ToUnixTimeMilliseconds(),
            Step = 3_600_000,
            Series = [new ChartSeries(words["campaign.joined"], total), new ChartSeries(words["campaign.active"], active)],
        };
    }

    /// <summary>Null when no source has a known country.</summary>
    public static ChartSpec? Countries(Campaign campaign, IAddressBook book, Words words)
    {
        var countries = campaign.Sources
            .CountBy(source => book.Lookup(source).Country)
            .Where(pair => pair.Key.Length > 0)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(MostCountries)
            .ToList();
        if (countries.Count == 0)
            return null;

        var (first, count) = countries[0];
        return new ChartSpec
        {
            Kind = ChartKind.Bars,
            Title = words["port.countries.title", words.Country(first), words.Percent((double)count / campaign.Sources.Count)],
            XLabel = words["chart.sources"],
            YLabel = words["chart.place"],
            File = "kizashi-campaign-countries",
            Categories = [.. countries.Select(country => words.Country(country.Key))],
            Series = [new ChartSeries(words["chart.sources"], [.. countries.Select(country => (double?)country.Value)])],
            Links = [.. countries.Select(country => "/alerts?country=" + country.Key)],
        };
    }

    private static (int Steps, DateTimeOffset First) Steps(Campaign campaign)
    {
        if (campaign.Hours.Count == 0)
            return (1, campaign.First);

        var first = campaign.Hours[0].Start;
        return ((int)(campaign.Hours[^1].Start - first).TotalHours + 1, first);
    }
}
