using CsCheck;
using Kizashi.Analyze.Forecasting;
using Kizashi.Analyze.Forecasting.Models;

namespace Kizashi.Analyze.Tests.Forecasting;

public sealed class ForecasterTests
{
    private static readonly Forecaster Forecaster = new(new ForecastOptions { Levels = [0.5, 0.9] });

    [Fact]
    public void A_level_never_seen_before_has_bands_as_wide_as_a_good_part_of_the_way_up()
    {
        double[] values = [.. Enumerable.Repeat(0.0, 500), 40, 300, 2_000];
        var forecast = new Forecaster(new ForecastOptions()).Forecast(new SeriesHistory(values, []), 24, 0);
        var widest = forecast.Bands[^1];
        Assert.All(Enumerable.Range(0, 24), step => Assert.True(widest.Upper[step] - widest.Lower[step] > 0.1 * forecast.Median[step]));
    }

    [Fact]
    public void Whatever_a_series_holds_there_is_a_forecast_with_bands_of_some_width()
    {
        var value = Gen.OneOf(Gen.Double[-1e6, 1e6], Gen.Const(0.0), Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity), Gen.Double[0, 5], Gen.Const(1e300), Gen.Const(-1e300), Gen.Const(double.Epsilon));
        Gen.Select(value.Array[1, 120], Gen.Int[1, 30], Gen.OneOf(Gen.Const(Array.Empty<int>()), Gen.Const(new[] { 7 }), Gen.Const(new[] { 2, 24 })))
            .Sample((values, horizon, periods) => Check(values, horizon, periods), iter: 3_000);
    }

    [Fact]
    public void Series_of_a_kind_that_breaks_models_have_their_fallback()
    {
        Assert.Equal(Forecaster.Constant, Check([.. Enumerable.Repeat(0.0, 500)], 24, [24])!.Fallback);
        Assert.Equal(Forecaster.Constant, Check([7], 3, [])!.Fallback);
        Assert.Equal(Forecaster.TooShort, Check([1, 2, 3], 3, [])!.Fallback);
        Assert.Null(Check([double.NaN, double.NaN], 3, []));

        // It doubles at each step, and is not said to do so for ever.
        var exploding = Check([.. Enumerable.Range(0, 60).Select(step => Math.Pow(2, step))], 48, [])!;
        Assert.True(exploding.Median.Max() < 1e22);

        // The same day again and again: nothing can be better than the seasonal naive forecast.
        var exact = Check([.. Enumerable.Range(0, 240).Select(hour => 10.0 + (hour % 24))], 24, [24])!;
        Assert.Equal(Enumerable.Range(0, 24).Select(hour => 10.0 + hour), exact.Median.Select(value => Math.Round(value, 6)));
    }

    [Fact]
    public void Nine_tenths_of_what_comes_lie_within_the_band_that_says_so()
    {
        var random = new Random(4);
        var (hits, all) = (0, 0);
        for (var series = 0; series < 150; series++)
        {
            var values = Noisy(random, 600 + 24);
            var history = values[..600];
            var forecast = Forecaster.Forecast(new SeriesHistory(history, Seasons.Of(history, [24])), 24, 0);
            for (var step = 0; step < 24; step++)
                hits += values[600 + step] >= forecast.Bands[1].Lower[step] && values[600 + step] <= forecast.Bands[1].Upper[step] ? 1 : 0;

            all += 24;
        }

        // Bands of few past forecasts are made wider, which noise as even as this would not need.
        Assert.InRange(hits / (double)all, 0.88, 0.95);
    }

    [Fact]
    public void It_says_which_models_speak_and_is_better_than_the_last_season()
    {
        var random = new Random(5);
        var values = Noisy(random, 800);
        var forecast = Forecaster.Forecast(new SeriesHistory(values, Seasons.Of(values, [24, 168])), 24, 0);
        Assert.Null(forecast.Fallback);
        Assert.InRange(forecast.Skill!.Value, 0.05, 0.9);
        Assert.Equal(1, forecast.Models.Sum(model => model.Weight), 1e-9);
        Assert.Equal(Forecaster.Models.Select(model => model.Name).Order(), forecast.Models.Select(model => model.Name).Order());
        Assert.Equal(forecast.Models.OrderByDescending(model => model.Weight).Select(model => model.Name), forecast.Models.Select(model => model.Name));
        Assert.Equal(forecast.Median, Forecaster.Forecast(new SeriesHistory(values, Seasons.Of(values, [24, 168])), 24, 0).Median);
    }

    [Fact]
    public void Wrong_options_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Forecaster(new ForecastOptions { Origins = 0 }));
        Assert.Throws<ArgumentException>(() => new Forecaster(new ForecastOptions { Levels = [1.5] }));
        Assert.Throws<ArgumentException>(() => new Forecaster(new ForecastOptions { Levels = [] }));
    }

    private static SeriesForecast? Check(double[] values, int horizon, int[] periods)
    {
        var prepared = SeriesPreparation.Prepare(values, periods);
        if (prepared.History.Length == 0)
            return null;

        var forecast = Forecaster.Forecast(prepared.History, horizon, prepared.Least);
        Assert.Equal(horizon, forecast.Median.Count);
        for (var step = 0; step < horizon; step++)
        {
            Assert.True(double.IsFinite(forecast.Median[step]), "the median is a number");
            foreach (var band in forecast.Bands)
                Assert.True(band.Lower[step] < band.Upper[step] && double.IsFinite(band.Lower[step]) && double.IsFinite(band.Upper[step]), $"[{string.Join(", ", values)}]: {band.Lower[step]}..{band.Upper[step]}");

            Assert.True(forecast.Bands[1].Upper[step] >= forecast.Bands[0].Upper[step], "the wider band is the wider one");
        }

        return forecast;
    }

    private static double[] Noisy(Random random, int length)
    {
        var values = new double[length];
        var drift = 0.0;
        for (var hour = 0; hour < length; hour++)
        {
            drift = (0.7 * drift) + (10 * (random.NextDouble() - 0.5)) + (10 * (random.NextDouble() - 0.5));
            values[hour] = Math.Max(0, 100 + (40 * Math.Sin(hour * Math.PI / 12)) + drift);
        }

        return values;
    }
}
