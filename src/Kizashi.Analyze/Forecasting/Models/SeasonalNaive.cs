namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>The last season again, or the last value where there is none: what every other model must be better than.</summary>
public sealed class SeasonalNaive : IForecastModel, IFittedModel
{
    public const string Title = "seasonal-naive";

    public string Name => Title;

    public IFittedModel? Fit(SeriesHistory history) => this;

    public double[]? Forecast(SeriesHistory history, int horizon)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Length == 0)
            return null;

        var (values, season) = (history.Values, Math.Min(history.Longest, history.Length));
        return [.. Enumerable.Range(0, horizon).Select(step => values[values.Length - season + (step % season)])];
    }
}
