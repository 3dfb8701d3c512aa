namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>The last value again.</summary>
public sealed class Naive : IForecastModel, IFittedModel
{
    public string Name => "naive";

    public IFittedModel? Fit(SeriesHistory history) => this;

    public double[]? Forecast(SeriesHistory history, int horizon)
    {
        ArgumentNullException.ThrowIfNull(history);
        return history.Length == 0 ? null : [.. Enumerable.Repeat(history.Values[^1], horizon)];
    }
}
