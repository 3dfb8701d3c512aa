namespace Kizashi.Analyze.Forecasting.Scores;

/// <summary>The benchmark of the M4 competition: the last value, with the season put back if there is one.</summary>
/// <remarks>As its published code computes it (Mcompetitions/M4-methods, "Benchmarks and Evaluation.R"): the seasons are those of R's decompose, multiplicative, where |ACF| at one season passes the 90 % limit.</remarks>
public static class Naive2
{
    private const double Critical = 1.645;

    /// <param name="history">Oldest first.</param>
    /// <param name="season">Steps of a season; 1 for none.</param>
    /// <param name="horizon">Steps to say.</param>
    public static double[] Forecast(ReadOnlySpan<double> history, int season, int horizon)
    {
        if (season <= 1 || !IsSeasonal(history, season))
            return [.. Enumerable.Repeat(history[^1], horizon)];

        var indices = Indices(history, season);
        var last = history[^1] / indices[(history.Length - 1) % season];
        var from = history.Length;
        return [.. Enumerable.Range(0, horizon).Select(step => last * indices[(from + step) % season])];
    }

    private static bool IsSeasonal(ReadOnlySpan<double> history, int season)
    {
        if (history.Length < 3 * season)
            return false;

        var mean = 0.0;
        foreach (var value in history)
            mean += value / history.Length;

        var variance = 0.0;
        foreach (var value in history)
            variance += (value - mean) * (value - mean);

        var (squares, correlation) = (1.0, 0.0);
        for (var lag = 1; lag <= season; lag++)
        {
            // The limit at a lag counts the correlations before it.
            squares += lag > 1 ? 2 * correlation * correlation : 0;
            var sum = 0.0;
            for (var at = lag; at < history.Length; at++)
                sum += (history[at] - mean) * (history[at - lag] - mean);

            correlation = sum / variance;
        }

        return Math.Abs(correlation) > Critical / Math.Sqrt(history.Length) * Math.Sqrt(squares);
    }

    private static double[] Indices(ReadOnlySpan<double> history, int season)
    {
        var (sums, counts, half) = (new double[season], new int[season], season / 2);
        for (var at = half; at < history.Length - half; at++)
        {
            // A whole season around the value; of an even one both ends count half.
            var trend = 0.0;
            for (var near = at - half; near <= at + half; near++)
                trend += history[near] * (season % 2 == 0 && Math.Abs(near - at) == half ? 0.5 : 1);

            sums[at % season] += history[at] / (trend / season);
            counts[at % season]++;
        }

        double[] indices = [.. sums.Zip(counts, (sum, count) => sum / count)];
        var mean = indices.Average();
        return [.. indices.Select(index => index / mean)];
    }
}
