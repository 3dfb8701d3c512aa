using Kizashi.Analyze.Forecasting.Surges;

namespace Kizashi.Analyze.Forecasting.Watching;

/// <summary>How series are watched.</summary>
public sealed record WatchOptions
{
    /// <summary>Hours of counts that are kept and learned from. Default 60 days.</summary>
    public int Hours { get; init; } = 60 * 24;

    /// <summary>Hours ahead that are forecast. Default a week.</summary>
    public int Horizon { get; init; } = 168;

    /// <summary>Hours ahead at which forecasts are written down and judged. Default an hour, a day and a week.</summary>
    public IReadOnlyList<int> Leads { get; init; } = [1, 24, 168];

    /// <summary>Lengths of seasons looked for, hours. Default a day and a week.</summary>
    public IReadOnlyList<int> Seasons { get; init; } = [24, 168];

    /// <summary>Series that are worked on at the same time. Default half of the processors, so that packets go first.</summary>
    public int Parallel { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    public ForecastOptions Forecasts { get; init; } = new();

    public SurgeOptions Surges { get; init; } = new();
}
