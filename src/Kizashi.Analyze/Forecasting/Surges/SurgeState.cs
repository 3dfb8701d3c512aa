namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>Where a series stands between surges.</summary>
public sealed record SurgeState
{
    /// <summary>The latest hour at surge height, hours since 1970 UTC; null for none.</summary>
    public long? Surged { get; init; }

    /// <summary>Log-odds of a surge in each of the latest hours, oldest first.</summary>
    public IReadOnlyList<float> Odds { get; init; } = [];

    /// <summary>The largest log-odds that came to nothing; slowly forgotten.</summary>
    public double Bar { get; init; } = -10;

    /// <summary>Announced and not judged yet; null for none.</summary>
    public SurgeAnnouncement? Open { get; init; }
}
