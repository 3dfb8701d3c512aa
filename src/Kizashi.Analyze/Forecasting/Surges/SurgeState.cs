namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>Where a series stands between surges.</summary>
public sealed record SurgeState
{
    /// <summary>The latest hour at surge height, hours since 1970 UTC; null for none.</summary>
    public long? Surged { get; init; }

    /// <summary>Announced and not judged yet; null for none.</summary>
    public SurgeAnnouncement? Open { get; init; }
}
