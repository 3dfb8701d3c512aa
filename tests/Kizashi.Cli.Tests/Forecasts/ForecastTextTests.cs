using System.Globalization;
using Kizashi.Analyze.Forecasting;
using Kizashi.Cli.Forecasts;

namespace Kizashi.Cli.Tests.Forecasts;

public sealed class ForecastTextTests
{
    private static readonly DateTimeOffset Last = new(2026, 11, 8, 23, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_forecast_begins_with_the_first_step_after_the_series_though_its_end_is_unknown()
    {
        // The last two hours are unknown, and the first that is wanted is the one after them.
        double[] values = [.. Enumerable.Range(0, 240).Select(hour => hour >= 238 ? double.NaN : 100 + (10 * Math.Sin(hour * Math.PI / 12)))];
        var (series, prepared, report) = Report(values, 3);
        Assert.Equal(2, prepared.Behind);
        Assert.Equal([1, 2, 3], report.Points.Select(point => point.Step));
        Assert.Equal(Last.AddHours(1), report.Points[0].At);
        Assert.Equal(100 + (10 * Math.Sin(240 * Math.PI / 12)), report.Points[0].Median, 1.0);

        using var csv = new StringWriter(CultureInfo.InvariantCulture);
        ForecastText.WriteCsv(csv, report);
        var lines = csv.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("step,time,median,lower50,upper50,lower80,upper80,lower95,upper95", lines[0].TrimEnd());
        Assert.StartsWith("1,2026-11-09T00:00:00Z,", lines[1], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);

        using var table = new StringWriter(CultureInfo.InvariantCulture);
        ForecastText.Write(table, report);
        Assert.Contains("240 values, 2 of them unknown; seasons of 24 steps", table.ToString(), StringComparison.Ordinal);
        var picture = System.Xml.Linq.XDocument.Parse(ForecastPlot.Draw(series, report));
        Assert.Equal(3, picture.Descendants().Count(element => element.Name.LocalName == "polygon"));
    }

    [Fact]
    public void A_backtest_lists_every_model_with_its_skill_and_what_bands_held()
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 400).Select(hour => 100 + (30 * Math.Sin(hour * Math.PI / 12)) + (10 * random.NextDouble()))];
        var prepared = SeriesPreparation.Prepare(values, [24]);
        var report = BacktestReport.Of("hosts", prepared, new ForecastOptions(), 24, 5);
        Assert.Equal(5, report.Origins);
        Assert.Equal(BacktestReport.Whole, report.Rows[0].Name);
        Assert.Equal(Forecaster.Models.Select(model => model.Name).Append(BacktestReport.Whole).Order(), report.Rows.Select(row => row.Name).Order());
        Assert.Equal(0, report.Rows.Single(row => row.Name == "seasonal-naive").Skill);
        Assert.True(report.Rows[0].Skill > 0.1);
        Assert.InRange(report.Coverage.Single(band => band.Level == 0.95).Held, 0.85, 1);
        var json = System.Text.Json.Nodes.JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(report, Kizashi.Core.KizashiJson.Options))!;
        Assert.Equal(report.Coverage[^1].Held, (double)json["coverage"]![2]!["held"]!);
        using var table = new StringWriter(CultureInfo.InvariantCulture);
        ForecastText.Write(table, report);
        Assert.Contains("5 forecasts of 24 steps from times in the past; seasons of 24 steps", table.ToString(), StringComparison.Ordinal);
        Assert.Throws<CommandException>(() => BacktestReport.Of("hosts", SeriesPreparation.Prepare([1, 2, 3], []), new ForecastOptions(), 24, 5));
    }

    [Fact]
    public void A_picture_may_begin_and_go_on_with_gaps()
    {
        double[] values = [.. Enumerable.Range(0, 60).Select(hour => hour is < 5 or (> 20 and < 24) ? double.NaN : 10 + (hour % 3))];
        var (series, _, report) = Report(values, 24);
        var picture = System.Xml.Linq.XDocument.Parse(ForecastPlot.Draw(series, report));
        Assert.Equal(3, picture.Descendants().Count(element => element.Name.LocalName == "polyline"));
    }

    [Theory]
    [InlineData("packets", "packets")]
    [InlineData("tcp/23", "tcp/23:sources")]
    [InlineData("udp/53:packets", "udp/53:packets")]
    [InlineData("tcp/x", null)]
    [InlineData("icmp/8", null)]
    [InlineData("tcp/70000", null)]
    [InlineData("tcp/23:hosts", null)]
    public void A_series_of_the_data_directory_has_a_name(string text, string? name) => Assert.Equal(name, SeriesName.Parse(text)?.ToString());

    private static (ReadSeries Series, PreparedSeries Prepared, ForecastReport Report) Report(double[] values, int horizon)
    {
        var series = new ReadSeries("hosts", values, Last, TimeSpan.FromHours(1));
        var prepared = SeriesPreparation.Prepare(values, [24]);
        return (series, prepared, ForecastReport.Of(series, prepared, new Forecaster(new ForecastOptions()).Forecast(prepared.History, horizon + prepared.Behind, prepared.Least)));
    }
}
