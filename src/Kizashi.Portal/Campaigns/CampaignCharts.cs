using Kizashi.Core.Campaigns;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Campaigns;

/// <summary>The chart of a campaign's page: how it grows.</summary>
internal static class CampaignCharts
{
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

    private static (int Steps, DateTimeOffset First) Steps(Campaign campaign)
    {
        if (campaign.Hours.Count == 0)
            return (1, campaign.First);

        var first = campaign.Hours[0].Start;
        return ((int)(campaign.Hours[^1].Start - first).TotalHours + 1, first);
    }
}
