using Kizashi.Analyze.Forecasting;
using Kizashi.Analyze.Forecasting.Models;
using Kizashi.Analyze.Forecasting.Numerics;
using Kizashi.Analyze.Forecasting.Scores;

namespace Kizashi.Analyze.Tests.Forecasting;

public sealed class ModelTests
{
    [Fact]
    public void The_seasonal_naive_forecast_is_the_last_season_again() =>
        Assert.Equal([4, 5, 6, 4, 5], new SeasonalNaive().Forecast(new SeriesHistory([1, 2, 3, 4, 5, 6], [3]), 5)!);

    [Fact]
    public void Theta_follows_half_the_slope_of_a_line()
    {
        double[] line = [.. Enumerable.Range(0, 100).Select(step => 3.0 * step)];
        var forecast = Next(new ThetaModel(), line, [], 10);
        Assert.Equal(1.5, forecast[9] - forecast[8], 1e-9);
        Assert.InRange(forecast[0], 290, 300);
    }

    [Fact]
    public void Theta_finds_the_season_it_is_to_leave_out()
    {
        double[] values = [.. Enumerable.Range(0, 140).Select(day => 50 + (10.0 * (day % 7)))];
        Assert.Equal(Enumerable.Range(0, 7).Select(day => 50 + (10.0 * day)), Next(new ThetaModel(), values, [7], 7).Select(value => Math.Round(value, 3)));
    }

    [Fact]
    public void Regression_goes_on_as_the_process_that_made_the_series()
    {
        var random = new Random(1);
        var values = new double[1_000];
        for (var at = 2; at < values.Length; at++)
            values[at] = (1.2 * values[at - 1]) - (0.5 * values[at - 2]) + random.NextDouble() - 0.5;

        var forecast = Next(new SeasonalRegression(), values, [], 3);
        var first = (1.2 * values[^1]) - (0.5 * values[^2]);
        Assert.Equal(first, forecast[0], 0.1);
        Assert.Equal((1.2 * first) - (0.5 * values[^1]), forecast[1], 0.15);
    }

    [Fact]
    public void Smoothing_follows_two_seasons_and_a_slow_growth()
    {
        // A damped trend stays a little behind a growth that never ends.
        static double At(int hour) => 100 + (0.02 * hour) + (20 * Math.Sin(hour * Math.PI / 12)) + (hour / 24 % 7 >= 5 ? -15 : 0);
        double[] values = [.. Enumerable.Range(0, 24 * 42).Select(At)];
        var forecast = Next(new SeasonalSmoothing(), values, [24, 168], 168);
        for (var step = 0; step < 168; step++)
            Assert.Equal(At(values.Length + step), forecast[step], 4.0);
    }

    [Fact]
    public void On_the_logarithm_growth_multiplies()
    {
        double[] values = [.. Enumerable.Range(0, 80).Select(step => Math.Pow(1.02, step))];
        var plain = Next(new SeasonalRegression(), values, [], 8);
        var log = Next(new OnLogarithm(new SeasonalRegression()), values, [], 8);
        double[] actual = [.. Enumerable.Range(80, 8).Select(step => Math.Pow(1.02, step))];
        Assert.InRange(PointScores.Mae(actual, log), 0, PointScores.Mae(actual, plain));
        Assert.Null(new OnLogarithm(new Naive()).Fit(new SeriesHistory([1, -1], [])));
    }

    [Fact]
    public void Seasons_are_those_that_show_above_chance()
    {
        var random = new Random(2);
        double[] noise = [.. Enumerable.Range(0, 600).Select(_ => random.NextDouble())];
        double[] daily = [.. noise.Select((value, hour) => value + Math.Sin(hour * Math.PI / 12))];
        Assert.Empty(Seasons.Of(noise, [24, 168]));
        Assert.Contains(24, Seasons.Of(daily, [24]));
        Assert.Empty(Seasons.Of(daily[..50], [24]));
        Assert.Empty(Seasons.Of(new double[100], [7]));
    }

    [Fact]
    public void The_least_value_is_found_without_derivatives()
    {
        var least = NelderMead.Minimize(at => (100 * Math.Pow(at[1] - (at[0] * at[0]), 2)) + Math.Pow(1 - at[0], 2), [-1.2, 1], 1, 2_000, 1e-14);
        Assert.Equal(1, least[0], 1e-3);
        Assert.Equal(1, least[1], 1e-3);
        Assert.Equal(3, NelderMead.Minimize(at => at[0] < 0 ? double.NaN : Math.Abs(at[0] - 3), [1], 1, 300)[0], 1e-3);
    }

    [Fact]
    public void Least_squares_finds_the_plane_through_points_and_says_when_there_is_none()
    {
        var sums = new LeastSquares(3);
        var random = new Random(3);
        for (var row = 0; row < 50; row++)
        {
            var (x, y) = (random.NextDouble(), random.NextDouble());
            sums.Add([1, x, y], 2 + (3 * x) - (4 * y));
        }

        Assert.Equal([2.0, 3.0, -4.0], sums.Solve(0)!.Select(weight => Math.Round(weight, 9)));
        var flat = new LeastSquares(2);
        flat.Add([1, 1], 5);
        flat.Add([1, 1], 5);
        Assert.Null(flat.Solve(0));
    }

    [Fact]
    public void Short_gaps_are_filled_from_the_season_and_long_ones_cut_by_whole_seasons()
    {
        double[] values = [.. Enumerable.Range(0, 70).Select(day => (double)(day % 7))];
        foreach (var gone in (int[])[10, 11, 30])
            values[gone] = double.NaN;

        var prepared = SeriesPreparation.Prepare([double.NaN, .. values, double.NaN, double.NaN], [7]);
        Assert.Equal((6, 2, 0.0), (prepared.Unknown, prepared.Behind, prepared.Least!.Value));
        Assert.Equal(Enumerable.Range(0, 70).Select(day => (double)(day % 7)), prepared.History.Values);
        Assert.Equal([7], prepared.History.Periods);

        double[] late = [.. values, .. Enumerable.Repeat(double.NaN, 30), .. Enumerable.Range(100, 40).Select(day => (double)(day % 7))];
        var stitched = SeriesPreparation.Prepare(late, [7]).History.Values;
        Assert.Equal(70 + 2 + 40, stitched.Length);
        Assert.Equal(Enumerable.Range(0, stitched.Length).Select(day => (double)(day % 7)), stitched);
        Assert.Null(SeriesPreparation.Prepare([1, -1], []).Least);
    }

    private static double[] Next(IForecastModel model, double[] values, int[] periods, int horizon)
    {
        var history = new SeriesHistory(values, periods);
        return model.Fit(history)!.Forecast(history, horizon)!;
    }
}
