namespace Kizashi.Core.Forecasts;

/// <summary>How an outbreak or a campaign is expected to grow.</summary>
public sealed record OutbreakOutlook
{
    /// <summary>Name of the campaign.</summary>
    public required string Campaign { get; init; }

    /// <summary>Id of the outbreak's alert; null for a campaign without one.</summary>
    public required string? Alert { get; init; }

    /// <summary>End of the first window.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>Length of a window.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>Hosts seen in each window; null where none was observed.</summary>
    public required IReadOnlyList<double?> Hosts { get; init; }

    /// <summary>Hosts expected in each of the next windows.</summary>
    public required IReadOnlyList<double> Median { get; init; }

    /// <summary>Narrowest first.</summary>
    public required IReadOnlyList<OutlookBand> Bands { get; init; }

    /// <summary>exponential, logistic, declining or steady.</summary>
    public required string Model { get; init; }

    /// <summary>Hours in which it doubles, at the present speed; null when it does not grow.</summary>
    public required OutlookRange<double>? Doubling { get; init; }

    /// <summary>Hosts in the end, in all of the Internet; null where the telescope's size or packets are not known, or it does not grow.</summary>
    public required OutlookRange<double>? FinalHosts { get; init; }

    /// <summary>Hosts in the end, seen in one window; null when it does not grow.</summary>
    public required OutlookRange<double>? FinalSeen { get; init; }

    /// <summary>curve, scan-rate or prior; null without a size.</summary>
    public required string? SizeFrom { get; init; }

    /// <summary>When most hosts a time are newly infected; null when it does not grow.</summary>
    public required OutlookRange<DateTimeOffset>? Peak { get; init; }

    /// <summary>When the growth rate last changed; null when no change shows.</summary>
    public required DateTimeOffset? RateChanged { get; init; }

    /// <summary>What limits it: short, gap, noisy, size-unknown...</summary>
    public required IReadOnlyList<string> Conditions { get; init; }
}
