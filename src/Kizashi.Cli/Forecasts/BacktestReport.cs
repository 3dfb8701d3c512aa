using Kizashi.Analyze.Forecasting;
using Kizashi.Analyze.Forecasting.Models;
using Kizashi.Analyze.Forecasting.Scores;

namespace Kizashi.Cli.Forecasts;

/// <summary>What forecasts from times in the past would have been worth (rolling origin).</summary>
internal sealed record BacktestReport
{
    /// <summary>Name of the row of the forecast that is shown to people.</summary>
    public const string Whole = "kizashi";

    public required string Series { get; init; }

    public required int Horizon { get; init; }

    public required int Origins { get; init; }

    public required IReadOnlyList<int> Seasons { get; init; }

    /// <summary>The forecast as it is shown, then each model by itself, the best first.</summary>
    public required IReadOnlyList<BacktestRow> Rows { get; init; }

    public required IReadOnlyList<BacktestBand> Coverage { get; init; }

    /// <summary>In the series' unit.</summary>
    public required double Crps { get; init; }

    /// <exception cref="CommandException">The series is too short.</exception>
    public static BacktestReport Of(string name, PreparedSeries prepared, ForecastOptions options, int horizon, int origins)
    {
        var history = prepared.History;
        int[] lengths = [.. Enumerable.Range(1, origins).Select(number => history.Length - (number * horizon)).Where(length => length >= 2 * horizon && length >= 10)];
        if (lengths.Length == 0)
            throw new CommandException(ExitCodes.Usage, $"{name} has {history.Length} values, too few for a backtest of {horizon} steps");

        var (forecaster, errors) = (new Forecaster(options), new Dictionary<string, (double Mae, double Smape)>());
        var (hits, crps) = (new double[options.Levels.Count], 0.0);
        foreach (var length in lengths)
        {
            // Seasons too are those that showed then.
            var before = new SeriesHistory(history.Values[..length], Analyze.Forecasting.Models.Seasons.Of(history.Values[..length], history.Periods));
            var actual = history.Values.AsSpan(length, horizon);
            var forecast = forecaster.Forecast(before, horizon, prepared.Least);
            Add(errors, Whole, actual, [.. forecast.Median]);
            foreach (var model in Forecaster.Models)
                Add(errors, model.Name, actual, model.Next(before, horizon));

            for (var band = 0; band < hits.Length; band++)
                hits[band] += BandScores.Hits(actual, forecast.Bands[band]) / (double)(horizon * lengths.Length);

            crps += BandScores.Crps(actual, forecast) / lengths.Length;
        }

        var naive = errors[SeasonalNaive.Title].Mae;
        return new BacktestReport
        {
            Series = name,
            Horizon = horizon,
            Origins = lengths.Length,
            Seasons = history.Periods,
            Rows =
            [
                .. errors.OrderByDescending(pair => pair.Key == Whole).ThenBy(pair => pair.Value.Mae)
                    .Select(pair => new BacktestRow(pair.Key, pair.Value.Mae / lengths.Length, pair.Value.Smape / lengths.Length, naive > 0 ? 1 - (pair.Value.Mae / naive) : 0)),
            ],
            Coverage = [.. options.Levels.Order().Zip(hits, (level, held) => new BacktestBand(level, held))],
            Crps = crps,
        };
    }

    private static void Add(Dictionary<string, (double Mae, double Smape)> errors, string name, ReadOnlySpan<double> actual, double[] forecast)
    {
        var before = errors.GetValueOrDefault(name);
        errors[name] = (before.Mae + PointScores.Mae(actual, forecast), before.Smape + PointScores.Smape(actual, forecast));
    }
}
