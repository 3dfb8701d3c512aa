namespace Kizashi.Core.Forecasts;

/// <summary>What a series counts.</summary>
public enum SeriesOrigin
{
    /// <summary>What sensors saw.</summary>
    Observations,

    Alerts,

    Findings,

    Campaigns,
}
