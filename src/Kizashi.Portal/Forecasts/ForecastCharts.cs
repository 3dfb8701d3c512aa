using Kizashi.Core.Forecasts;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Forecasts;

/// <summary>The charts of a forecast: what comes, and what was said before against what came.</summary>
internal static class ForecastCharts
{
    private const long Hour = 3_600_000;

    /// <param name="series">The series.</param>
    /// <param name="past">Hours of the past that are shown.</param>
    /// <param name="ahead">Hours ahead.</param>
    /// <param name="words">Of the reader.</param>
    public static ChartSpec Coming(SeriesOutlook series, int past, int ahead, Words words)
    {
        past = Math.Min(past, series.Past.Count);
        ahead = Math.Min(ahead, series.Median.Count);
        var steps = past + ahead;
        var start = series.From.AddHours(-past);
        double? Past(int step) => step < past ? Known(series.Past[series.Past.Count - past + step]) : null;
        double? Coming(IReadOnlyList<float> values, int step) => step >= past ? values[step - past] : null;
        return new ChartSpec
        {
            Kind = ChartKind.Lines,
            Title = words["forecast.chart", words.Number(Round(series.Median[ahead - 1])), words.Minute(series.From.AddHours(ahead - 1))],
            XLabel = words["chart.time"],
            YLabel = SeriesLabel.Of(series, words),
            File = "kizashi-forecast",
            Start = start.ToUnixTimeMilliseconds(),
            End = start.AddHours(steps).ToUnixTimeMilliseconds(),
            Step = Hour,
            Series =
            [
                new ChartSeries(words["forecast.was"], [.. Enumerable.Range(0, steps).Select(Past)]),
                new ChartSeries(words["forecast.median"], [.. Enumerable.Range(0, steps).Select(step => Coming(series.Median, step))]),
            ],
            Bands =
            [
                .. series.Bands.Select(band => new ChartBand(
                    words.Percent(band.Level), [.. Enumerable.Range(0, steps).Select(step => Coming(band.Lower, step))], [.. Enumerable.Range(0, steps).Select(step => Coming(band.Upper, step))])),
            ],
        };
    }

    /// <summary>What was said so many hours ahead, and what came; null while nothing was.</summary>
    /// <param name="series">The series.</param>
    /// <param name="record">What was said, by hour.</param>
    /// <param name="lead">Hours ahead.</param>
    /// <param name="words">Of the reader.</param>
    public static ChartSpec? Record(SeriesOutlook series, IReadOnlyList<IssuedForecast> record, int lead, Words words)
    {
        var end = series.From.ToUnixTimeSeconds() / 3600;
        var judged = record.Where(said => said.Hour < end).ToDictionary(said => said.Hour);
        if (judged.Count == 0)
            return null;

        var first = judged.Keys.Min();
        var steps = (int)(end - first);
        var (held, known) = (0, 0);
        var widest = series.Bands.Count - 1;
        var came = new double?[steps];
        for (var step = 0; step < steps; step++)
        {
            var at = series.Past.Count - steps + step;
            came[step] = at >= 0 ? Known(series.Past[at]) : null;
            if (came[step] is not { } value || !judged.TryGetValue(first + step, out var said) || widest >= said.Lower.Count)
                continue;

            known++;
            held += value >= said.Lower[widest] && value <= said.Upper[widest] ? 1 : 0;
        }

        double? Said(int step, Func<IssuedForecast, double> value) => judged.TryGetValue(first + step, out var said) ? value(said) : null;
        return new ChartSpec
        {
            Kind = ChartKind.Lines,
            Title = words["forecast.record.chart", words.Number((long)lead), words.Number((long)held), words.Number((long)known)],
            XLabel = words["chart.time"],
            YLabel = SeriesLabel.Of(series, words),
            File = "kizashi-forecast-record",
            Start = first * Hour,
            End = end * Hour,
            Step = Hour,
            Series =
            [
                new ChartSeries(words["forecast.came"], came),
                new ChartSeries(words["forecast.said"], [.. Enumerable.Range(0, steps).Select(step => Said(step, said => said.Median))]),
            ],
            Bands =
            [
                .. series.Bands.Select((band, at) => new ChartBand(
                    words.Percent(band.Level),
                    [.. Enumerable.Range(0, steps).Select(step => Said(step, said => said.Lower[at]))],
                    [.. Enumerable.Range(0, steps).Select(step => Said(step, said => said.Upper[at]))])),
            ],
        };
    }

    public static double Round(double value) => Math.Abs(value) < 10 ? Math.Round(value, 1) : Math.Round(value);

    private static double? Known(float value) => float.IsNaN(value) ? null : value;
}
