using Kizashi.Analyze.Forecasting.Numerics;

namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>The Theta method on what is left without the seasons: exponential smoothing with half the slope of the straight line (Assimakopoulos and Nikolopoulos 2000; Hyndman and Billah 2003).</summary>
public sealed class ThetaModel : IForecastModel
{
    private const int Fewest = 4;
    private const int Evaluations = 40;

    public string Name => "theta";

    public IFittedModel? Fit(SeriesHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Length < Fewest)
            return null;

        var values = new Deseasonalized(history).Values;
        return new Fitted(Weight(NelderMead.Minimize(free => Smooth(values, Weight(free[0])).Error, [0], 1, Evaluations)[0]));
    }

    private static double Weight(double free) => 0.01 + (0.98 / (1 + Math.Exp(-free)));

    private static (double Level, double Error) Smooth(double[] values, double weight)
    {
        var (level, sum) = (values[0], 0.0);
        foreach (var value in values)
        {
            var error = value - level;
            sum += error * error;
            level += weight * error;
        }

        return (level, sum);
    }

    private static double Slope(double[] values)
    {
        var (center, mean) = ((values.Length - 1) / 2.0, values.Average());
        var (above, below) = (0.0, 0.0);
        for (var at = 0; at < values.Length; at++)
        {
            above += (at - center) * (values[at] - mean);
            below += (at - center) * (at - center);
        }

        return above / below;
    }

    private sealed class Fitted(double weight) : IFittedModel
    {
        public double[]? Forecast(SeriesHistory history, int horizon)
        {
            if (history.Length < Fewest)
                return null;

            var seasons = new Deseasonalized(history);
            var (level, _) = Smooth(seasons.Values, weight);
            var slope = Slope(seasons.Values);
            var rest = (1 - Math.Pow(1 - weight, history.Length)) / weight;
            var forecast = new double[horizon];
            for (var step = 0; step < horizon; step++)
                forecast[step] = level + (0.5 * slope * (step + rest));

            seasons.AddTo(forecast);
            return forecast;
        }
    }
}
