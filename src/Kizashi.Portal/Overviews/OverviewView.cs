using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;

namespace Kizashi.Portal.Overviews;

/// <summary>Everything the overview shows, read at one moment.</summary>
internal sealed record OverviewView
{
    public required RangeChoice Choice { get; init; }

    public required TimeRange Range { get; init; }

    /// <summary>The clock, or the end of the data where that lies elsewhere.</summary>
    public required DateTimeOffset Anchor { get; init; }

    /// <summary>The anchor is not the clock.</summary>
    public required bool IsPast { get; init; }

    public required IReadOnlyList<SensorSeries> Series { get; init; }

    public required IReadOnlyList<PortActivity> Ports { get; init; }

    public required IReadOnlyList<CountryActivity> Countries { get; init; }

    public required IReadOnlyList<SensorGap> Gaps { get; init; }

    public required OverviewAlerts Alerts { get; init; }

    public required StoreStatistics Statistics { get; init; }
}
