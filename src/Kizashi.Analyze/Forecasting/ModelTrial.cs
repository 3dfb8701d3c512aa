using Kizashi.Analyze.Forecasting.Models;

namespace Kizashi.Analyze.Forecasting;

/// <summary>What a model would have said at times in the past.</summary>
/// <param name="Model">The model.</param>
/// <param name="Forecasts">One for each origin; those of a model that could say nothing are the seasonal naive ones.</param>
/// <param name="Errors">Mean absolute error at each step ahead, over the origins, smoothed over neighboring steps.</param>
internal sealed record ModelTrial(IForecastModel Model, IReadOnlyList<double[]> Forecasts, double[] Errors)
{
    public double MeanError => Errors.Average();
}
