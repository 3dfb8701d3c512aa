using Kizashi.Analyze.Forecasting.Numerics;

namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>Exponential smoothing with a damped trend and all seasons of the series; its weights are those with the least errors.</summary>
public sealed class SeasonalSmoothing : IForecastModel
{
    private const int Fewest = 6;
    private const int Evaluations = 160;

    public string Name => "smoothing";

    public IFittedModel? Fit(SeriesHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Length < Fewest)
            return null;

        var state = new SmoothingState(history);
        double[] start = [-1.5, -3, 0, -1.5, -1.5, history.Periods.Count > 0 ? 0.5 : -1.2];
        return new Fitted(SmoothingWeights.From(NelderMead.Minimize(free => state.Run(history.Values, SmoothingWeights.From(free)), start, 1.0, Evaluations)));
    }

    private sealed class Fitted(SmoothingWeights weights) : IFittedModel
    {
        public double[]? Forecast(SeriesHistory history, int horizon)
        {
            if (history.Length < Fewest)
                return null;

            var state = new SmoothingState(history);
            _ = state.Run(history.Values, weights);
            return state.Forecast(horizon, weights);
        }
    }
}
