namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>When a surge is announced. The defaults were chosen on simulated series whose seeds no test uses.</summary>
public sealed record SurgeOptions
{
    /// <summary>So many times the usual count of that hour is a surge. Default 4.</summary>
    public double Factor { get; init; } = 4;

    /// <summary>Counts below which no hour is a surge, however little it usually counts. Default 20.</summary>
    public double AtLeast { get; init; } = 20;

    /// <summary>Hours ahead for which surges are announced, 1..24. Default 24.</summary>
    public int Ahead { get; init; } = 24;

    /// <summary>Probability from which on one is announced. Default 0.8.</summary>
    public double MinProbability { get; init; } = 0.8;

    /// <summary>Times the usual from which on growth counts as such: what only comes back to the usual grows as well. Default 1.25.</summary>
    public double Visible { get; init; } = 1.25;

    /// <summary>Log-odds by which one must be surer than the series ever was in vain. Default 2.</summary>
    public double Margin { get; init; } = 2;

    /// <summary>Part of the hours of a series in which something grows. Default 1 in 100.</summary>
    public double Prior { get; init; } = 1e-2;

    /// <summary>What grows doubles once more with this probability. Default 0.8.</summary>
    public double GoesOn { get; init; } = 0.8;

    /// <summary>What an hour must count to be a surge.</summary>
    /// <param name="usual">What it usually counts.</param>
    public double LineOf(double usual) => Math.Max(AtLeast, Factor * usual);
}
