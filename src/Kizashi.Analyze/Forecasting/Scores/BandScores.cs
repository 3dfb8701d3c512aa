namespace Kizashi.Analyze.Forecasting.Scores;

/// <summary>How well bands say what may come.</summary>
public static class BandScores
{
    /// <summary>Steps at which the value came to lie within the band.</summary>
    public static int Hits(ReadOnlySpan<double> actual, ForecastBand band)
    {
        ArgumentNullException.ThrowIfNull(band);
        var hits = 0;
        for (var step = 0; step < actual.Length; step++)
            hits += actual[step] >= band.Lower[step] && actual[step] <= band.Upper[step] ? 1 : 0;

        return hits;
    }

    /// <summary>Continuous ranked probability score, in the series' unit, from the quantiles that median and bands are: twice the mean quantile loss (Gneiting and Ranjan 2011).</summary>
    public static double Crps(ReadOnlySpan<double> actual, SeriesForecast forecast)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        var sum = 0.0;
        for (var step = 0; step < actual.Length; step++)
        {
            sum += Loss(actual[step], forecast.Median[step], 0.5);
            foreach (var band in forecast.Bands)
            {
                var tail = (1 - band.Level) / 2;
                sum += Loss(actual[step], band.Lower[step], tail) + Loss(actual[step], band.Upper[step], 1 - tail);
            }
        }

        return 2 * sum / (actual.Length * (1 + (2 * forecast.Bands.Count)));
    }

    private static double Loss(double actual, double quantile, double part) =>
        actual >= quantile ? part * (actual - quantile) : (1 - part) * (quantile - actual);
}
