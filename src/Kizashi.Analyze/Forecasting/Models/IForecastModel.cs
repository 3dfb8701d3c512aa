namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>A way in which series go on. Pure and deterministic: the same history gives the same forecast.</summary>
public interface IForecastModel
{
    /// <summary>Stable, lower case: seasonal-naive, theta...</summary>
    string Name { get; }

    /// <summary>Finds the model's parameters; null when the history is too short for it, or determines none.</summary>
    IFittedModel? Fit(SeriesHistory history);
}
