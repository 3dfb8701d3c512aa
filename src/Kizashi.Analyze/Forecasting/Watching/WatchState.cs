using Kizashi.Analyze.Forecasting.Surges;

namespace Kizashi.Analyze.Forecasting.Watching;

/// <summary>What a watch must know after a restart besides the counts.</summary>
public sealed record WatchState
{
    /// <summary>Hours since 1970 UTC up to which everything is counted; null before the first.</summary>
    public long? Through { get; init; }

    /// <summary>Declarations as they were: what has changed is counted anew.</summary>
    public IReadOnlyDictionary<string, string> Declared { get; init; } = new Dictionary<string, string>();

    /// <summary>By number of the series.</summary>
    public Dictionary<int, SurgeState> Surges { get; init; } = [];

    /// <summary>By number of the series.</summary>
    public Dictionary<int, List<LeadTally>> Leads { get; init; } = [];

    public SurgeTally Tally { get; init; } = new();
}
