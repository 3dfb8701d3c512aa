namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>Says how probable a surge is: an hour at several times what that hour usually counts.</summary>
/// <remarks>Two things speak for one: something that grows now (<see cref="GrowthSigns"/>), and a forecast whose bands reach so high, such as that of a weekly burst.</remarks>
public sealed class SurgeForecaster(SurgeOptions options)
{
    private const int Deviations = 7;
    private const int Endings = 8;

    /// <param name="counts">By the hour, NaN where nothing observed; the last is the latest.</param>
    /// <param name="forecast">Of the hours that come, at least as many as are looked ahead; null for none.</param>
    public SurgeOutlook Judge(ReadOnlySpan<float> counts, SeriesForecast? forecast)
    {
        var usual = new double[options.Ahead];
        for (var step = 0; step < usual.Length; step++)
            usual[step] = UsualCounts.Of(counts, counts.Length + step);

        if (usual.All(double.IsNaN))
            return SurgeOutlook.None;

        var growing = Growing(counts, usual);
        var seasonal = forecast is null ? SurgeOutlook.None : Seasonal(forecast, usual);
        return growing.Probability >= seasonal.Probability ? growing : seasonal;
    }

    private SurgeOutlook Growing(ReadOnlySpan<float> counts, double[] usual)
    {
        var signs = GrowthSigns.Find(counts, options);
        if (signs.Count == 0 || counts[^1] < options.Visible * usual[^1])
            return SurgeOutlook.None;

        var ways = new List<(double Weight, double Factor, double Lead)>();
        foreach (var sign in signs.Where(sign => sign.Weight > 1e-6))
        {
            for (var deviation = 0; deviation < Deviations; deviation++)
            {
                var excess = sign.Excess + (sign.Error * (deviation - (Deviations / 2)) / 2.0);
                if (excess > 0)
                    Follow(ways, sign, excess, Math.Exp(-Math.Pow((deviation - (Deviations / 2)) / 2.0, 2) / 2), usual);
            }
        }

        var grows = signs.Sum(sign => sign.Weight);
        var all = ways.Sum(way => way.Weight);
        if (all <= 0)
            return SurgeOutlook.None;

        ways.Sort((left, right) => left.Factor.CompareTo(right.Factor));
        var strongest = signs.MaxBy(sign => sign.Weight);
        var coming = ways.Where(way => way.Lead > 0).ToList();
        var share = coming.Sum(way => way.Weight) / all;
        return new SurgeOutlook(
            Math.Clamp(grows * share, 0, 1), Quantile(ways, all, 0.5), Quantile(ways, all, 0.025), Quantile(ways, all, 0.975),
            coming.Count == 0 ? 0 : coming.Sum(way => way.Weight * way.Lead) / coming.Sum(way => way.Weight),
            usual.First(value => !double.IsNaN(value)), Math.Log(2) / strongest.Rate, strongest.Excess);
    }

    // It may stop growing after any doubling: each such ending is a way it may go.
    private void Follow(List<(double Weight, double Factor, double Lead)> ways, GrowthSign sign, double excess, double chance, double[] usual)
    {
        for (var ending = 0; ending < Endings; ending++)
        {
            var doublings = Math.Log(1 - ((ending + 0.5) / Endings)) / Math.Log(options.GoesOn);
            var most = excess * Math.Pow(2, doublings);
            var (factor, lead) = (1.0, 0.0);
            for (var step = 0; step < usual.Length; step++)
            {
                if (double.IsNaN(usual[step]))
                    continue;

                var count = (sign.Level * usual[step]) + Math.Min(most, excess * Math.Exp(Math.Min(50, sign.Rate * (step + 1))));
                var times = count / Math.Max(1, usual[step]);
                if (lead == 0 && count >= options.LineOf(usual[step]))
                    lead = step + 1;

                factor = Math.Max(factor, times);
            }

            ways.Add((sign.Weight * chance / Endings, factor, lead));
        }
    }

    private SurgeOutlook Seasonal(SeriesForecast forecast, double[] usual)
    {
        var best = SurgeOutlook.None;
        for (var step = 0; step < Math.Min(usual.Length, forecast.Median.Count); step++)
        {
            if (double.IsNaN(usual[step]))
                continue;

            var probability = Above(forecast, step, options.LineOf(usual[step]));
            if (probability <= best.Probability)
                continue;

            var floor = Math.Max(1, usual[step]);
            var widest = forecast.Bands[^1];
            best = new SurgeOutlook(probability, forecast.Median[step] / floor, widest.Lower[step] / floor, widest.Upper[step] / floor, step + 1, usual[step], null, 0);
        }

        return best;
    }

    // Between the bounds of the bands, along a line; past the outermost nothing is known but that it is rarer.
    private static double Above(SeriesForecast forecast, int step, double line)
    {
        var points = new List<(double Value, double Above)> { (forecast.Median[step], 0.5) };
        foreach (var band in forecast.Bands)
        {
            points.Add((band.Lower[step], 1 - ((1 - band.Level) / 2)));
            points.Add((band.Upper[step], (1 - band.Level) / 2));
        }

        points.Sort((left, right) => left.Value.CompareTo(right.Value));
        if (line <= points[0].Value)
            return points[0].Above;

        for (var at = 1; at < points.Count; at++)
        {
            if (line > points[at].Value)
                continue;

            var (low, high) = (points[at - 1], points[at]);
            return high.Value <= low.Value ? high.Above : low.Above + ((high.Above - low.Above) * (line - low.Value) / (high.Value - low.Value));
        }

        return points[^1].Above * points[^1].Value / line;
    }

    private static double Quantile(List<(double Weight, double Factor, double Lead)> sorted, double all, double part)
    {
        var sum = 0.0;
        foreach (var way in sorted)
        {
            sum += way.Weight;
            if (sum >= part * all)
                return way.Factor;
        }

        return sorted[^1].Factor;
    }
}
