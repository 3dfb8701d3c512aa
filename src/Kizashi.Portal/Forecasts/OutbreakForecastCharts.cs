using Kizashi.Core.Forecasts;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Forecasts;

/// <summary>The charts of outbreaks that grow, and of how well probabilities were told.</summary>
internal static class OutbreakForecastCharts
{
    private const int Bins = 10;

    /// <summary>The growth curve with what is expected of it.</summary>
    public static ChartSpec Growth(OutbreakOutlook outbreak, Words words)
    {
        var (past, ahead) = (outbreak.Hosts.Count, outbreak.Median.Count);
        double?[] Ahead(IEnumerable<double> values) => [.. Enumerable.Repeat((double?)null, past), .. values.Select(value => (double?)value)];
        var start = outbreak.First - outbreak.Step;
        return new ChartSpec
        {
            Kind = ChartKind.Lines,
            Title = Sentence(outbreak, words),
            XLabel = words["chart.time"],
            YLabel = words["outbreak.hosts"],
            File = "kizashi-outbreak-forecast",
            Start = start.ToUnixTimeMilliseconds(),
            End = (start + ((past + ahead) * outbreak.Step)).ToUnixTimeMilliseconds(),
            Step = (long)outbreak.Step.TotalMilliseconds,
            Series =
            [
                new ChartSeries(words["forecast.was"], [.. outbreak.Hosts, .. Enumerable.Repeat((double?)null, ahead)]),
                new ChartSeries(words["forecast.median"], Ahead(outbreak.Median)),
            ],
            Bands = [.. outbreak.Bands.Select(band => new ChartBand(words.Percent(band.Level), Ahead(band.Lower.Select(value => (double)value)), Ahead(band.Upper.Select(value => (double)value))))],
        };
    }

    /// <summary>Doubling time, size and peak in one sentence.</summary>
    public static string Sentence(OutbreakOutlook outbreak, Words words)
    {
        if (outbreak.Doubling is not { } doubling)
            return words["growth.model." + outbreak.Model];

        var time = words["growth.doubling", Hours(doubling.Median, words), Hours(doubling.Lower, words), Hours(doubling.Upper, words)];
        return (outbreak.FinalHosts ?? outbreak.FinalSeen) is not { } size
            ? time
            : time + words[outbreak.FinalHosts is null ? "growth.size.seen" : "growth.size", words.Short(size.Median), words.Short(size.Lower), words.Short(size.Upper)];
    }

    public static string Hours(double hours, Words words) => words.Duration(TimeSpan.FromMinutes(Math.Round(Math.Clamp(hours, 0, 24 * 365) * 60)));

    /// <summary>What part of the forecasts came, by the probability that was said: on the diagonal it would be perfect.</summary>
    public static ChartSpec Reliability(RecurrenceRecord record, Words words) => new()
    {
        Kind = ChartKind.Bars,
        Title = words["victims.reliability", words.Number(record.Days), words.Number(record.Brier), words.Number(record.BaseBrier)],
        XLabel = words["victims.came"],
        YLabel = words["victims.said"],
        File = "kizashi-reliability",
        Categories = [.. record.Bins.Take(Bins).Select(bin => words.Percent(bin.Said))],
        Series =
        [
            new ChartSeries(words["victims.came"], [.. record.Bins.Take(Bins).Select(bin => (double?)Math.Round(100 * bin.Came, 1))]),
            new ChartSeries(words["victims.said"], [.. record.Bins.Take(Bins).Select(bin => (double?)Math.Round(100 * bin.Said, 1))]),
        ],
        Notes = [.. record.Bins.Take(Bins).Select(bin => words["victims.note", words.Percent(bin.Came), words.Percent(bin.Lower), words.Percent(bin.Upper), words.Number((long)bin.Count)])],
    };
}
