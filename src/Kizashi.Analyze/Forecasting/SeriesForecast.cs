namespace Kizashi.Analyze.Forecasting;

/// <summary>How a series is expected to go on.</summary>
public sealed record SeriesForecast
{
    /// <summary>What is exceeded as often as not, at each step ahead.</summary>
    public required IReadOnlyList<double> Median { get; init; }

    /// <summary>Narrowest first.</summary>
    public required IReadOnlyList<ForecastBand> Bands { get; init; }

    /// <summary>The models behind it, the weightiest first.</summary>
    public required IReadOnlyList<ModelShare> Models { get; init; }

    /// <summary>1 - error / error of the seasonal naive forecast, in the backtest; null without one.</summary>
    public required double? Skill { get; init; }

    /// <summary>Forecasts from times in the past by which models were weighted and bands made.</summary>
    public required int Origins { get; init; }

    /// <summary>Why it is simpler than usual: short, constant, no-better...; null when it is not.</summary>
    public required string? Fallback { get; init; }

    /// <summary>The same without its first steps, which only cover what is unknown since the last value.</summary>
    public SeriesForecast After(int steps) => this with
    {
        Median = [.. Median.Skip(steps)],
        Bands = [.. Bands.Select(band => new ForecastBand(band.Level, [.. band.Lower.Skip(steps)], [.. band.Upper.Skip(steps)]))],
    };
}
