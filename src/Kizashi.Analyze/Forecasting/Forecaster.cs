using Kizashi.Analyze.Forecasting.Models;

namespace Kizashi.Analyze.Forecasting;

/// <summary>Says how a series goes on: several models, weighted by how they would have done lately, with bands from their errors.</summary>
/// <remarks>Where all together are no better than the last season again, that is what is said. Nothing a series holds makes it fail, and no band has the width 0.</remarks>
public sealed class Forecaster
{
    /// <summary>It has too few values for a backtest.</summary>
    public const string TooShort = "short";

    /// <summary>All its values are the same.</summary>
    public const string Constant = "constant";

    /// <summary>All models together would have been no better than the last season again.</summary>
    public const string NoBetter = "no-better";

    private readonly ForecastOptions _options;

    /// <exception cref="ArgumentException">The options have faults; the message names them.</exception>
    public Forecaster(ForecastOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionFaults.Refuse(options.Faults(), nameof(options));

        _options = options;
    }

    /// <summary>All models there are.</summary>
    public static IReadOnlyList<IForecastModel> Models { get; } =
    [
        new SeasonalNaive(), new Naive(), new SeasonalRegression(), new OnLogarithm(new SeasonalRegression()), new SeasonalSmoothing(), new OnLogarithm(new SeasonalSmoothing()),
        new ThetaModel(), new OnLogarithm(new ThetaModel()),
    ];

    /// <param name="history">At least one value.</param>
    /// <param name="horizon">Steps ahead, at least 1.</param>
    /// <param name="least">What no value can be below; null for nothing.</param>
    public SeriesForecast Forecast(SeriesHistory history, int horizon, double? least = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfZero(history.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (history.Values.Min() == history.Values.Max())
            return Simple(history, horizon, least, Constant);

        var backtest = new Backtest(history, horizon, _options.Origins);
        if (backtest.Origins.Count == 0)
            return Simple(history, horizon, least, TooShort);

        List<ModelTrial> trials = [.. Models.Select(backtest.Try)];
        var weights = Combiner.Weights(trials, horizon, _options.Sharpness);

        // With the weights of the forecast: what is shown is what is judged.
        var shown = Past(trials, backtest, _ => weights);
        var (naive, error) = (trials[0].MeanError, backtest.Errors(shown).Average());
        var simplest = trials[1].MeanError < naive ? trials[1] : trials[0];
        var isBetter = error < naive;
        var median = isBetter
            ? Combiner.Join([.. trials.Select(trial => trial.Model.Next(history, horizon))], weights)
            : simplest.Model.Next(history, horizon);
        if (least is { } bound)
            median = [.. median.Select(value => Math.Max(bound, value))];

        var past = isBetter ? Past(trials, backtest, origin => Others(trials, backtest, origin)) : simplest.Forecasts;
        return new SeriesForecast
        {
            Median = median,
            Bands = ConformalBands.Around(median, backtest, past, _options.Levels, least),
            Models = isBetter ? Shares(trials, weights, naive) : [Share(simplest, 1, naive)],
            Skill = naive > 0 ? 1 - ((isBetter ? error : simplest.MeanError) / naive) : null,
            Origins = backtest.Origins.Count,
            Fallback = isBetter ? null : NoBetter,
        };
    }

    private static List<double[]> Past(IReadOnlyList<ModelTrial> trials, Backtest backtest, Func<int, double[][]> weights) =>
        [.. backtest.Origins.Select((_, origin) => Combiner.Join([.. trials.Select(trial => trial.Forecasts[origin])], weights(origin)))];

    // A forecast of the past must not be weighted by what came after it.
    private double[][] Others(IReadOnlyList<ModelTrial> trials, Backtest backtest, int origin)
    {
        if (backtest.Origins.Count == 1)
            return [.. trials.Select(_ => Enumerable.Repeat(1.0 / trials.Count, backtest.Horizon).ToArray())];

        List<ModelTrial> without = [.. trials.Select(trial => trial with { Errors = backtest.Errors(trial.Forecasts, origin) })];
        return Combiner.Weights(without, backtest.Horizon, _options.Sharpness);
    }

    private static List<ModelShare> Shares(IReadOnlyList<ModelTrial> trials, double[][] weights, double naive) =>
    [
        .. trials.Select((trial, at) => Share(trial, weights[at].Average(), naive))
            .OrderByDescending(share => share.Weight).ThenBy(share => share.Name, StringComparer.Ordinal),
    ];

    private static ModelShare Share(ModelTrial trial, double weight, double naive) =>
        new(trial.Model.Name, weight, trial.MeanError, naive > 0 ? 1 - (trial.MeanError / naive) : 0);

    private SeriesForecast Simple(SeriesHistory history, int horizon, double? least, string reason)
    {
        var median = new SeasonalNaive().Forecast(history, horizon)!;
        return new SeriesForecast
        {
            Median = median,
            Bands = ConformalBands.Wide(median, history, _options.Levels, least),
            Models = [new ModelShare(SeasonalNaive.Title, 1, 0, 0)],
            Skill = null,
            Origins = 0,
            Fallback = reason,
        };
    }
}
