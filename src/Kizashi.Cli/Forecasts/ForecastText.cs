using System.Globalization;
using Kizashi.Analyze.Forecasting;

namespace Kizashi.Cli.Forecasts;

/// <summary>Forecasts for people and for programs, in lines.</summary>
internal static class ForecastText
{
    public static void Write(TextWriter output, ForecastReport report)
    {
        var unknown = report.Unknown > 0 ? $", {report.Unknown} of them unknown" : "";
        output.WriteLine($"{report.Series}: {report.Values} values{unknown}; {Seasons(report.Seasons)}");
        output.WriteLine(report.Fallback is { } reason ? Explain(reason) : Invariant($"{100 * report.Skill:0} % better than the last season again, by {string.Join(", ", report.Models.Where(model => model.Weight >= 0.05).Select(model => Invariant($"{model.Name} {100 * model.Weight:0} %")))}"));
        output.WriteLine();
        var levels = report.Points.Count > 0 ? report.Points[0].Bands : [];
        output.WriteLine($"{"step",4}  {"time (UTC)",-16}  {"median",12}" + string.Concat(levels.Select(band => Invariant($"  {Invariant($"{100 * band.Level:0} % within"),25}"))));
        foreach (var point in report.Points)
        {
            var time = point.At?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
            output.WriteLine(Invariant($"{point.Step,4}  {time,-16}  {Number(point.Median),12}") + string.Concat(point.Bands.Select(band => Invariant($"  {Number(band.Lower),11} - {Number(band.Upper),11}"))));
        }
    }

    public static void WriteCsv(TextWriter output, ForecastReport report)
    {
        var levels = report.Points.Count > 0 ? report.Points[0].Bands : [];
        output.WriteLine("step,time,median" + string.Concat(levels.Select(band => Invariant($",lower{100 * band.Level:0.##},upper{100 * band.Level:0.##}"))));
        foreach (var point in report.Points)
        {
            var time = point.At?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
            output.WriteLine(Invariant($"{point.Step},{time},{point.Median:R}") + string.Concat(point.Bands.Select(band => Invariant($",{band.Lower:R},{band.Upper:R}"))));
        }
    }

    public static void Write(TextWriter output, BacktestReport report)
    {
        output.WriteLine(Invariant($"{report.Series}: {report.Origins} forecasts of {report.Horizon} steps from times in the past; {Seasons(report.Seasons)}"));
        output.WriteLine();
        output.WriteLine($"{"",-18}  {"error",12}  {"sMAPE",7}  {"skill",7}");
        foreach (var row in report.Rows)
            output.WriteLine(Invariant($"{row.Name,-18}  {Number(row.Error),12}  {row.Smape,7:0.00}  {100 * row.Skill,5:0} %"));

        output.WriteLine();
        foreach (var band in report.Coverage)
            output.WriteLine(Invariant($"{100 * band.Level:0} % bands held {100 * band.Held:0.0} % of what came"));

        output.WriteLine($"CRPS {Number(report.Crps)}");
    }

    /// <summary>A sentence for a <see cref="SeriesForecast.Fallback"/>.</summary>
    public static string Explain(string fallback) => fallback switch
    {
        Forecaster.TooShort => "too short for a trial: the last season again, with bands as wide as its values lie apart",
        Forecaster.Constant => "all its values are the same: that value again",
        Forecaster.NoBetter => "no model would have been better: the last season, or the last value, again",
        _ => fallback,
    };

    private static string Seasons(IReadOnlyList<int> seasons) => seasons.Count > 0 ? $"seasons of {string.Join(" and ", seasons)} steps" : "no season found";

    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 1e9 => value.ToString("0.###e0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
