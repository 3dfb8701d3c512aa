using System.Globalization;
using Kizashi.Cli.Evaluation;

namespace Kizashi.Cli.Forecasts;

/// <summary>A forecast as a picture: what was, the median of what comes, and the bands around it.</summary>
internal static class ForecastPlot
{
    private const int MostPast = 400;
    private const double Headroom = 1.05;

    public static string Draw(ReadSeries series, ForecastReport report)
    {
        var past = series.Values[Math.Max(0, series.Values.Length - Math.Min(MostPast, Math.Max(20, 4 * report.Points.Count)))..];
        var length = past.Length + report.Points.Count;
        var known = past.Where(double.IsFinite).Concat(report.Points.SelectMany(point => point.Bands.SelectMany(band => new[] { band.Lower, band.Upper }))).ToList();
        var (low, high) = (Math.Min(0, known.Min()), known.Max());
        var range = high > low ? (high - low) * Headroom : 1;
        double Up(double value) => Math.Clamp((value - low) / range, 0, 1);
        double Across(int step) => step / (double)Math.Max(1, length - 1);

        var chart = new SvgChart($"{report.Series}: what was, and what is expected", series.Last is null ? "step" : "time (UTC)", report.Series);
        for (var tick = 0; tick <= 4; tick++)
        {
            chart.TickUp(tick / 4.0, Label(low + (range * tick / 4)));
            var step = (int)Math.Round(tick * (length - 1) / 4.0);
            chart.TickAcross(Across(step), series.After(step - past.Length + 1)?.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) ?? (step - past.Length + 1).ToString(CultureInfo.InvariantCulture));
        }

        var levels = report.Points.Count > 0 ? report.Points[0].Bands.Count : 0;
        for (var band = levels - 1; band >= 0; band--)
        {
            var at = band;
            chart.Area(
                string.Create(CultureInfo.InvariantCulture, $"{100 * report.Points[0].Bands[at].Level:0} %"),
                [.. report.Points.Select((point, step) => (Across(past.Length + step), Up(point.Bands[at].Lower), Up(point.Bands[at].Upper)))]);
        }

        // Where it begins with a gap, what comes after that is the first to be drawn.
        foreach (var (number, part) in Known(past).Index())
            chart.Trace(number == 0 ? "was" : null, [.. part.Values.Select((value, step) => (Across(part.From + step), Up(value)))]);

        chart.Trace("median", [.. report.Points.Select((point, step) => (Across(past.Length + step), Up(point.Median)))]);
        return chart.ToString();
    }

    private static IEnumerable<(int From, List<double> Values)> Known(double[] values)
    {
        for (var at = 0; at < values.Length;)
        {
            var part = values.Skip(at).TakeWhile(double.IsFinite).ToList();
            if (part.Count > 0)
                yield return (at, part);

            at += part.Count + 1;
        }
    }

    private static string Label(double value) => Math.Abs(value) >= 10 ? value.ToString("#,0", CultureInfo.InvariantCulture) : value.ToString("0.##", CultureInfo.InvariantCulture);
}
