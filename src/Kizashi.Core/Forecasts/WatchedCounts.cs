namespace Kizashi.Core.Forecasts;

/// <summary>The counts of one series, as they are stored.</summary>
/// <param name="Id">Number of the series.</param>
/// <param name="Declaration">Name of its declaration.</param>
/// <param name="Key">What it is of.</param>
/// <param name="First">The first hour, hours since 1970 UTC.</param>
/// <param name="Values">One for each hour; NaN where nothing observed.</param>
public sealed record WatchedCounts(int Id, string Declaration, string Key, long First, IReadOnlyList<float> Values)
{
    /// <summary>The key under which a declaration keeps which hours were observed: no word that is counted is so.</summary>
    public const string Observed = "\u0001observed";
}
