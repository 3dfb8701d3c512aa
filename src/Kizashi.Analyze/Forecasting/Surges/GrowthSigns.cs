namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>Looks in the latest hours for something that grows by a constant rate on top of the usual.</summary>
/// <remarks>
/// The counts are explained as level * usual + size * shape, by least squares weighted for the spread of the week before and for neighbors that err alike (first order autoregression).
/// The shapes are growth of several speeds and what growth is confused with: one wild hour or a few, a new level, something that fades. How probable each is follows from how
/// well it fits, times how rare it is (Bayes factors with a flat prior of the size up to a surge).
/// </remarks>
internal static class GrowthSigns
{
    private const int Hours = 48;
    private const int FewestHours = 12;
    private const int Week = 7 * 24;

    // Parts of the hours in which such a thing is going on.
    private const double PriorOfSteps = 0.02;
    private const double PriorOfFading = 0.02;

    // Hours in which it doubles.
    private static readonly double[] Doublings = [1, 1.4, 2, 2.8, 4, 5.6, 8, 11, 16];

    // Hours since the level changed.
    private static readonly int[] Steps = [1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36];

    // Hours in which it halves.
    private static readonly double[] Halvings = [3, 6, 12, 24, 48];

    /// <param name="counts">By the hour, NaN where nothing observed; the last is the latest.</param>
    /// <param name="options">How rare growth is.</param>
    public static IReadOnlyList<GrowthSign> Find(ReadOnlySpan<float> counts, SurgeOptions options)
    {
        var hours = new RecentHours(counts, Hours);
        if (hours.Known < FewestHours || !hours.IsLatestKnown)
            return [];

        var spread = CountSpread.Of(counts[Math.Max(0, counts.Length - Hours - Week)..Math.Max(0, counts.Length - Hours)]);
        var top = options.LineOf(hours.LatestUsual);
        var none = hours.Fit([], spread);
        var all = 1.0;
        foreach (var step in Steps)
            all += Odds(Fit(hours, spread, ago => ago < step ? 1 : 0), none, PriorOfSteps / Steps.Length, top);

        foreach (var halving in Halvings)
            all += Odds(Fit(hours, spread, ago => Math.Pow(0.5, (Hours - 1 - ago) / halving)), none, PriorOfFading / Halvings.Length, top);

        var signs = new List<(GrowthSign Sign, double Odds)>(Doublings.Length);
        foreach (var doubling in Doublings)
        {
            var rate = Math.Log(2) / doubling;
            var fit = Fit(hours, spread, ago => Math.Exp(-rate * ago));
            if (fit.Size > 0)
                signs.Add((new GrowthSign(rate, 0, fit.Size, fit.Error, fit.Level), Odds(fit, none, options.Prior / Doublings.Length, top)));
        }

        all += signs.Sum(sign => sign.Odds);
        return [.. signs.Select(sign => sign.Sign with { Weight = sign.Odds / all })];
    }

    private static ShapeFit Fit(RecentHours hours, CountSpread spread, Func<int, double> shape)
    {
        var values = new double[Hours];
        for (var ago = 0; ago < Hours; ago++)
            values[ago] = shape(ago);

        return hours.Fit(values, spread);
    }

    private static double Odds(ShapeFit fit, ShapeFit none, double prior, double top)
    {
        var occam = Math.Min(1, fit.Error * Math.Sqrt(2 * Math.PI) / top);
        return prior * occam * Math.Exp(Math.Clamp((none.Misfit - fit.Misfit) / 2, -300, 300));
    }
}
