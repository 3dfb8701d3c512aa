namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>How an outbreak is expected to go on.</summary>
public sealed record GrowthForecast
{
    /// <summary>The shape that speaks.</summary>
    public required GrowthModel Model { get; init; }

    /// <summary>Time in which infected hosts double at the present speed; null when they do not grow, or hardly any are left.</summary>
    public required Banded<TimeSpan>? DoublingTime { get; init; }

    /// <summary>Most hosts that will be (or, when declining, were) infected at once, in all of the Internet; null when they do not grow, or neither packets nor the telescope's size are known.</summary>
    public required Banded<double>? FinalHosts { get; init; }

    /// <summary>Of them as many as the telescope sees in one window, without background; null when they do not grow.</summary>
    public required Banded<double>? FinalSeen { get; init; }

    /// <summary>What the final size is known from; null without one.</summary>
    public required SizeSource? SizeFrom { get; init; }

    /// <summary>When most hosts a time are newly infected: half of the final size. It may lie in the past. Null when they do not grow.</summary>
    public required Banded<DateTimeOffset>? Peak { get; init; }

    /// <summary>When 95 % of the final size are infected. Null when they do not grow.</summary>
    public required Banded<DateTimeOffset>? Saturation { get; init; }

    /// <summary>When the growth rate last changed; null when no change shows.</summary>
    public required DateTimeOffset? RateChanged { get; init; }

    /// <summary>Hosts seen in a window that ends at each time asked for, background included.</summary>
    public required IReadOnlyList<double> Median { get; init; }

    /// <summary>Around it, narrowest first, at least one host wide.</summary>
    public required IReadOnlyList<ForecastBand> Bands { get; init; }

    /// <summary>What limits it: those of <see cref="GrowthConditions"/> that hold, sorted.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }
}
