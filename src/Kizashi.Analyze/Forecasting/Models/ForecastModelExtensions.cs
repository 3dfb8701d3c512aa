namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>Forecasts that are always there.</summary>
public static class ForecastModelExtensions
{
    private static readonly SeasonalNaive Simplest = new();

    /// <summary>Fits the model to a history and says how it goes on; the seasonal naive forecast where the model says nothing.</summary>
    /// <param name="model">To be fitted.</param>
    /// <param name="history">At least one value.</param>
    /// <param name="horizon">How many steps, at least 1.</param>
    public static double[] Next(this IForecastModel model, SeriesHistory history, int horizon)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Fit(history).Next(history, horizon);
    }

    /// <summary>The same for a model that is fitted already; null for one that could not be.</summary>
    /// <inheritdoc cref="Next(IForecastModel, SeriesHistory, int)"/>
    internal static double[] Next(this IFittedModel? fitted, SeriesHistory history, int horizon) =>
        fitted?.Forecast(history, horizon) ?? Simplest.Forecast(history, horizon)!;
}
