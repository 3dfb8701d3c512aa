namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>A model with its parameters, which says how a series goes on.</summary>
public interface IFittedModel
{
    /// <summary>The median of the next values, nearest first; null when the history is too short, or what comes out is out of all proportion.</summary>
    /// <param name="history">That of the fit, or one that is longer or shorter, with the same seasons.</param>
    /// <param name="horizon">How many steps, at least 1.</param>
    double[]? Forecast(SeriesHistory history, int horizon);
}
