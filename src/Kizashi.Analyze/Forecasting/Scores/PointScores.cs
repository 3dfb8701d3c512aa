namespace Kizashi.Analyze.Forecasting.Scores;

/// <summary>How far forecasts were off, as the M4 competition counts (Makridakis, Spiliotis and Assimakopoulos 2020).</summary>
public static class PointScores
{
    /// <summary>Symmetric mean absolute percentage error, 0..200; where both values are 0 there is none.</summary>
    public static double Smape(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        var sum = 0.0;
        for (var step = 0; step < actual.Length; step++)
        {
            var size = Math.Abs(actual[step]) + Math.Abs(forecast[step]);
            sum += size == 0 ? 0 : 200 * Math.Abs(actual[step] - forecast[step]) / size;
        }

        return sum / actual.Length;
    }

    /// <summary>Mean absolute error.</summary>
    public static double Mae(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        var sum = 0.0;
        for (var step = 0; step < actual.Length; step++)
            sum += Math.Abs(actual[step] - forecast[step]);

        return sum / actual.Length;
    }

    /// <summary>What <see cref="Mae"/> is divided by for MASE: the mean absolute change over one season within the history; 0 when nothing changes.</summary>
    public static double Scale(ReadOnlySpan<double> history, int season)
    {
        var sum = 0.0;
        for (var at = season; at < history.Length; at++)
            sum += Math.Abs(history[at] - history[at - season]);

        return history.Length > season ? sum / (history.Length - season) : 0;
    }
}
