namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>A series as models see it: equal steps, no gaps, a scale that suits sums.</summary>
/// <param name="Values">Oldest first; all finite.</param>
/// <param name="Periods">Lengths of its seasons in steps, shortest first, each at least 2 and with two whole seasons in the values; empty for none.</param>
public sealed record SeriesHistory(double[] Values, IReadOnlyList<int> Periods)
{
    public int Length => Values.Length;

    /// <summary>The longest season; 1 for none.</summary>
    public int Longest => Periods.Count == 0 ? 1 : Periods[^1];

    /// <summary>The part before a time.</summary>
    public SeriesHistory Before(int length) => new(Values[..length], [.. Periods.Where(period => 2 * period <= length)]);
}
