using Kizashi.Analyze.Forecasting.Models;

namespace Kizashi.Analyze.Forecasting;

/// <summary>Bands that hold as much of what comes as they say, made of what forecasts of the past missed by (split conformal prediction; Vovk, Gammerman and Shafer 2005).</summary>
/// <remarks>
/// What each step of each past forecast missed by, in units of the usual error at that step and of the level at that time, is a sample of what this one may miss by; all steps
/// together are one sample.
/// </remarks>
internal static class ConformalBands
{
    // Neighboring steps miss alike, so that they tell less than their number.
    private const int IndependentPerOrigin = 4;

    // Times the level of all past forecasts.
    private const double Unseen = 4;
    private const double Undone = 0.25;

    public static IReadOnlyList<ForecastBand> Around(double[] median, Backtest backtest, IReadOnlyList<double[]> past, IReadOnlyList<double> levels, double? least)
    {
        var usual = Usual(backtest.Errors(past), median);
        Widen(usual, median, past);
        var isRelative = least is not null && median.All(value => value > 0);
        var misses = new List<double>();
        for (var origin = 0; origin < past.Count; origin++)
        {
            var actual = backtest.ActualAt(origin);
            for (var step = 0; step < actual.Length; step++)
                misses.Add((actual[step] - past[origin][step]) / (usual[step] * Size(past[origin][step], median[step], isRelative)));
        }

        misses.Sort();
        var independent = Math.Min(misses.Count, past.Count * IndependentPerOrigin);
        return
        [
            .. levels.Order().Select(level =>
            {
                // Few past forecasts have not seen the worst: quantiles are taken further out, and the band is widened, the more the wider it is.
                var tail = Math.Max(0, ((1 - level) / 2) - (Math.Pow(level, 4) / independent / 2));
                var wider = 1 + (level * level / past.Count);
                var (low, high) = (wider * Math.Min(-0.05, Quantile(misses, tail)), wider * Math.Max(0.05, Quantile(misses, 1 - tail)));
                return Band(level, median, usual, (low, high), least);
            }),
        ];
    }

    /// <summary>Where no past forecast can be made: as wide as counts that are independent of each other, or as the values there are.</summary>
    public static IReadOnlyList<ForecastBand> Wide(double[] median, SeriesHistory history, IReadOnlyList<double> levels, double? least)
    {
        var spread = history.Values.Max() - history.Values.Min();
        double[] usual = [.. median.Select((value, step) => Math.Max(spread, Math.Sqrt(Math.Abs(value) + 1)) * Math.Sqrt(1 + (step / (double)history.Length)))];
        return [.. levels.Order().Select(level => Band(level, median, usual, (-Normal(level), Normal(level)), least))];
    }

    private static double[] Usual(double[] errors, double[] median)
    {
        // Never 0: a series that stood still so far may move.
        var floor = Math.Max(1e-9, 0.01 * Math.Max(errors.Max(), median.Max(Math.Abs)));
        return Rising([.. errors.Select(error => Math.Max(floor, error))]);
    }

    // At a level never seen before, what was missed by at lower ones says little: a good part of the way up may be undone.
    private static void Widen(double[] usual, double[] median, IReadOnlyList<double[]> past)
    {
        var before = past.Average(one => one.Average(Math.Abs));
        for (var step = 0; step < usual.Length; step++)
        {
            if (Math.Abs(median[step]) > Unseen * before)
                usual[step] = Math.Max(usual[step], Undone * (Math.Abs(median[step]) - before));
        }
    }

    // What lies further ahead is no surer: an error that one bad moment made large at the near steps is shared with those after (pool adjacent violators).
    private static double[] Rising(double[] errors)
    {
        var blocks = new List<(double Mean, int Steps)>();
        foreach (var error in errors)
        {
            var (mean, steps) = (error, 1);
            for (; blocks.Count > 0 && blocks[^1].Mean > mean; blocks.RemoveAt(blocks.Count - 1))
                (mean, steps) = (((mean * steps) + (blocks[^1].Mean * blocks[^1].Steps)) / (steps + blocks[^1].Steps), steps + blocks[^1].Steps);

            blocks.Add((mean, steps));
        }

        return [.. blocks.SelectMany(block => Enumerable.Repeat(block.Mean, block.Steps))];
    }

    // Errors of counts grow with the root of the level.
    private static double Size(double then, double now, bool isRelative) =>
        isRelative ? Math.Clamp(Math.Sqrt(Math.Max(then, 0) / now), 0.5, 2) : 1;

    private static ForecastBand Band(double level, double[] median, double[] usual, (double Low, double High) width, double? least)
    {
        var lower = new double[median.Length];
        var upper = new double[median.Length];
        for (var step = 0; step < median.Length; step++)
        {
            lower[step] = Math.Max(least ?? double.MinValue, median[step] + (width.Low * usual[step]));
            upper[step] = median[step] + (width.High * usual[step]);
        }

        return new ForecastBand(level, lower, upper);
    }

    private static double Quantile(List<double> sorted, double part)
    {
        var at = part * (sorted.Count - 1);
        var below = (int)Math.Floor(at);
        var above = Math.Min(sorted.Count - 1, below + 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }

    // Half the width of a level in standard deviations (Winitzki's approximation of the inverse error function).
    private static double Normal(double level)
    {
        const double A = 0.147;
        var log = Math.Log(1 - (level * level));
        var half = (2 / (Math.PI * A)) + (log / 2);
        return Math.Sqrt(2) * Math.Sqrt(Math.Sqrt((half * half) - (log / A)) - half);
    }
}
