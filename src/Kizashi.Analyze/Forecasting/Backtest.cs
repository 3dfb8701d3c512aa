using Kizashi.Analyze.Forecasting.Models;

namespace Kizashi.Analyze.Forecasting;

/// <summary>Forecasts made from times in the past, beside what came (rolling origin).</summary>
internal sealed class Backtest
{
    private const int FewestBefore = 8;

    private readonly SeriesHistory _history;
    private readonly SeriesHistory[] _before;

    public Backtest(SeriesHistory history, int horizon, int origins)
    {
        (_history, Horizon) = (history, horizon);

        // A horizon apart where there is room, so that no value is judged twice at the same step.
        var fewest = Math.Max(FewestBefore, Math.Min((2 * history.Longest) + 1, history.Length / 2));
        var room = history.Length - 1 - fewest;
        var apart = Math.Max(1, Math.Min(horizon, room / Math.Max(1, origins)));
        Origins = [.. Enumerable.Range(1, origins).Select(number => history.Length - (number * apart)).Where(origin => origin >= fewest)];
        _before = [.. Origins.Select(history.Before)];
    }

    public int Horizon { get; }

    /// <summary>Lengths of the history at each, the latest first; empty for a series too short for any.</summary>
    public IReadOnlyList<int> Origins { get; }

    /// <summary>What came after an origin, as far as it has come.</summary>
    public ReadOnlySpan<double> ActualAt(int origin) =>
        _history.Values.AsSpan(Origins[origin], Math.Min(Horizon, _history.Length - Origins[origin]));

    /// <summary>What the model would have said; its parameters are those of the earliest origin, so that nothing it is judged by is in them.</summary>
    public ModelTrial Try(IForecastModel model)
    {
        var fitted = model.Fit(_before[^1]);
        var forecasts = _before.Select(before => fitted.Next(before, Horizon)).ToList();
        return new ModelTrial(model, forecasts, Errors(forecasts));
    }

    /// <summary>Mean absolute error at each step, smoothed over as many steps to both sides as it is ahead, at most a quarter of the horizon.</summary>
    /// <param name="forecasts">One for each origin.</param>
    /// <param name="without">An origin left out; -1 for none.</param>
    public double[] Errors(IReadOnlyList<double[]> forecasts, int without = -1)
    {
        var (sums, counts) = (new double[Horizon + 1], new int[Horizon + 1]);
        for (var origin = 0; origin < Origins.Count; origin++)
        {
            var actual = origin == without ? [] : ActualAt(origin);
            for (var step = 0; step < actual.Length; step++)
            {
                sums[step + 1] += Math.Abs(actual[step] - forecasts[origin][step]);
                counts[step + 1]++;
            }
        }

        for (var step = 1; step <= Horizon; step++)
            (sums[step], counts[step]) = (sums[step] + sums[step - 1], counts[step] + counts[step - 1]);

        var errors = new double[Horizon];
        for (var step = 0; step < Horizon; step++)
        {
            var reach = Math.Min(step, Math.Max(1, Horizon / 4));
            var (from, to) = (Math.Max(0, step - reach), Math.Min(Horizon, step + reach + 1));
            var count = counts[to] - counts[from];
            errors[step] = count > 0 ? (sums[to] - sums[from]) / count : step > 0 ? errors[step - 1] : 0;
        }

        return errors;
    }
}
