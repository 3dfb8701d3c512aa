using Kizashi.Core.Forecasts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Forecasts;

/// <summary>A series as a line of a table.</summary>
/// <param name="Series">The series.</param>
/// <param name="Now">The last hour that was observed; null for none.</param>
/// <param name="LastDay">Mean of the last day's hours; null where none was observed.</param>
/// <param name="NextDay">Mean of the next day's medians.</param>
internal sealed record OutlookRow(SeriesOutlook Series, double? Now, double? LastDay, double NextDay)
{
    private const int Day = 24;

    /// <summary>How much more the next day is expected to count than the last did, an hour.</summary>
    public double Rise => NextDay - (LastDay ?? 0);

    /// <summary>Times the last day; null where that counted nothing.</summary>
    public double? Times => LastDay > 0 ? NextDay / LastDay : null;

    /// <summary>So many hours ahead: the median and, of the widest band, from where to where.</summary>
    public string Range(int hours, Words words)
    {
        var at = Math.Min(hours, Series.Median.Count) - 1;
        var widest = Series.Bands[^1];
        return words["forecast.range", words.Number(ForecastCharts.Round(Series.Median[at])), words.Number(ForecastCharts.Round(widest.Lower[at])), words.Number(ForecastCharts.Round(widest.Upper[at]))];
    }

    public static OutlookRow Of(SeriesOutlook series)
    {
        var last = series.Past.Skip(series.Past.Count - Math.Min(Day, series.Past.Count)).Where(value => !float.IsNaN(value)).ToList();
        return new OutlookRow(
            series, series.Past.Count > 0 && !float.IsNaN(series.Past[^1]) ? series.Past[^1] : null,
            last.Count > 0 ? last.Average() : null, series.Median.Take(Day).Average());
    }
}
