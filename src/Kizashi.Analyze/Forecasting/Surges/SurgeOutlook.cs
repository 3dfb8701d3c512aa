namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>Whether a series is about to surge.</summary>
/// <param name="Probability">Of an hour at the factor or more, within the time ahead.</param>
/// <param name="Factor">The largest times the usual, exceeded as often as not, if it goes as expected.</param>
/// <param name="Lower">19 times in 20 it is at least this...</param>
/// <param name="Upper">...and at most this.</param>
/// <param name="Lead">Hours until then, expected; 0 when none is.</param>
/// <param name="Usual">The median of that hour over the seven days before.</param>
/// <param name="Doubling">Hours in which what grows doubles; null when it is no growth that speaks for it.</param>
/// <param name="Excess">What grows, now: counts an hour.</param>
public sealed record SurgeOutlook(double Probability, double Factor, double Lower, double Upper, double Lead, double Usual, double? Doubling, double Excess)
{
    /// <summary>Too little is known, or nothing speaks for one.</summary>
    public static SurgeOutlook None { get; } = new(0, 1, 1, 1, 0, 0, null, 0);
}
