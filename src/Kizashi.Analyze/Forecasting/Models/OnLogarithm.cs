namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>Another model on the logarithm of a series, where seasons and growth multiply.</summary>
/// <param name="inner">The model.</param>
public sealed class OnLogarithm(IForecastModel inner) : IForecastModel
{
    public string Name => inner.Name + "-log";

    public IFittedModel? Fit(SeriesHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Length == 0 || history.Values.Min() < 0)
            return null;

        var offset = Offset(history.Values);
        return inner.Fit(Logarithm(history, offset)) is { } fitted ? new Fitted(fitted, offset) : null;
    }

    // Counts have zeros; what is small against the series changes nothing else.
    private static double Offset(double[] values) =>
        values.Min() > 0 ? 0 : Math.Max(1e-9, 0.5 * values.Where(value => value > 0).DefaultIfEmpty(1).Min());

    private static SeriesHistory Logarithm(SeriesHistory history, double offset) =>
        history with { Values = [.. history.Values.Select(value => Math.Log(value + offset))] };

    private sealed class Fitted(IFittedModel inner, double offset) : IFittedModel
    {
        private const double MostGrowth = 10;

        public double[]? Forecast(SeriesHistory history, int horizon)
        {
            if (history.Length == 0 || history.Values.Min() is var least && (least < 0 || (least == 0 && offset == 0)))
                return null;

            var limit = Math.Log((history.Values.Max() + offset) * MostGrowth);
            var forecast = inner.Forecast(Logarithm(history, offset), horizon);
            return forecast is null || !Array.TrueForAll(forecast, value => value < limit)
                ? null
                : [.. forecast.Select(value => Math.Exp(value) - offset)];
        }
    }
}
