namespace Kizashi.Core.Forecasts;

/// <summary>How one series has gone and is expected to go on, by the hour.</summary>
public sealed record SeriesOutlook
{
    /// <summary>Such as port/tcp/23.</summary>
    public required string Name { get; init; }

    /// <summary>Number of the series in the store.</summary>
    public required int Id { get; init; }

    public required SeriesDeclaration Declaration { get; init; }

    /// <summary>What it is of, such as tcp/23; empty for one over all.</summary>
    public required string Key { get; init; }

    /// <summary>The end of the last hour that is known: the first that is forecast begins here.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The hours before, oldest first; NaN where nothing observed.</summary>
    public required IReadOnlyList<float> Past { get; init; }

    /// <summary>What is exceeded as often as not, in each of the next 168 hours.</summary>
    public required IReadOnlyList<float> Median { get; init; }

    /// <summary>Narrowest first: 50, 80 and 95 %.</summary>
    public required IReadOnlyList<OutlookBand> Bands { get; init; }

    /// <summary>Weightiest first.</summary>
    public required IReadOnlyList<OutlookModel> Models { get; init; }

    /// <summary>1 - error / error of the seasonal naive forecast, in the backtest; null without one.</summary>
    public required double? Skill { get; init; }

    /// <summary>Why it is simpler than usual: short, constant, no-better...; null when it is not.</summary>
    public required string? Fallback { get; init; }

    /// <summary>How earlier forecasts did, by hours ahead.</summary>
    public IReadOnlyList<LeadScore> Scores { get; init; } = [];
}
