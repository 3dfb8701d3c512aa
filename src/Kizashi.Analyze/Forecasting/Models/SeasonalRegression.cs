using Kizashi.Analyze.Forecasting.Numerics;

namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>A linear regression on the values just before and one season before, of each season: an autoregression that is seasonal by its lags.</summary>
public sealed class SeasonalRegression : IForecastModel
{
    private const double Ridge = 1e-4;
    private const int MostRows = 2_000;

    public string Name => "regression";

    public IFittedModel? Fit(SeriesHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        int[] lags = [.. Lags(history).Distinct().Order()];
        var values = history.Values;
        if (values.Length - lags[^1] < 3 * lags.Length)
            return null;

        // Around the recent mean, so that the ridge pulls towards it.
        var (mean, spread) = Scale(history);
        if (spread == 0)
            return null;

        var sums = new LeastSquares(lags.Length + 1);
        var row = new double[lags.Length + 1];
        row[0] = 1;
        for (var at = Math.Max(lags[^1], values.Length - MostRows); at < values.Length; at++)
        {
            for (var lag = 0; lag < lags.Length; lag++)
                row[lag + 1] = (values[at - lags[lag]] - mean) / spread;

            sums.Add(row, (values[at] - mean) / spread);
        }

        return sums.Solve(Ridge) is { } weights ? new Fitted(lags, weights) : null;
    }

    private static IEnumerable<int> Lags(SeriesHistory history)
    {
        foreach (var lag in (int[])[1, 2, 3])
            yield return lag;

        foreach (var period in history.Periods)
        {
            foreach (var lag in (int[])[period - 1, period, period + 1])
                yield return lag;
        }

        // Two seasons back, where there is room.
        if (history.Periods.Count > 0 && history.Length > 6 * history.Periods[0])
            yield return 2 * history.Periods[0];
    }

    private static (double Mean, double Spread) Scale(SeriesHistory history)
    {
        var recent = history.Values.AsSpan(Math.Max(0, history.Length - Math.Max(30, 2 * history.Longest)));
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in recent)
            (sum, squares) = (sum + value, squares + (value * value));

        var mean = sum / recent.Length;
        return (mean, Math.Sqrt(Math.Max(0, (squares / recent.Length) - (mean * mean))));
    }

    private sealed class Fitted(int[] lags, double[] weights) : IFittedModel
    {
        // An explosive one is none.
        private const double MostRanges = 4;

        public double[]? Forecast(SeriesHistory history, int horizon)
        {
            var values = history.Values;
            var (mean, spread) = Scale(history);
            if (values.Length < lags[^1] || spread == 0)
                return null;

            var known = lags[^1];
            var longer = new double[known + horizon];
            for (var at = 0; at < known; at++)
                longer[at] = (values[values.Length - known + at] - mean) / spread;

            for (var at = known; at < longer.Length; at++)
            {
                longer[at] = weights[0];
                for (var lag = 0; lag < lags.Length; lag++)
                    longer[at] += weights[lag + 1] * longer[at - lags[lag]];
            }

            var limit = MostRanges * (values.Max() - values.Min()) / spread;
            return Array.TrueForAll(longer, value => Math.Abs(value) <= limit)
                ? [.. longer[known..].Select(value => mean + (spread * value))]
                : null;
        }
    }
}
