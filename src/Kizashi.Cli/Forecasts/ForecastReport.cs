using Kizashi.Analyze.Forecasting;

namespace Kizashi.Cli.Forecasts;

/// <summary>A forecast with all that is said of it.</summary>
internal sealed record ForecastReport
{
    public required string Series { get; init; }

    /// <summary>Values behind it, gaps included.</summary>
    public required int Values { get; init; }

    /// <summary>Of these, unknown.</summary>
    public required int Unknown { get; init; }

    /// <summary>Seasons found in it, steps.</summary>
    public required IReadOnlyList<int> Seasons { get; init; }

    public required IReadOnlyList<ForecastPoint> Points { get; init; }

    public required IReadOnlyList<ModelShare> Models { get; init; }

    public required double? Skill { get; init; }

    public required string? Fallback { get; init; }

    public static ForecastReport Of(ReadSeries series, PreparedSeries prepared, SeriesForecast forecast)
    {
        forecast = forecast.After(prepared.Behind);
        return new ForecastReport
        {
            Series = series.Name,
            Values = series.Values.Length,
            Unknown = prepared.Unknown,
            Seasons = prepared.History.Periods,
            Models = forecast.Models,
            Skill = forecast.Skill,
            Fallback = forecast.Fallback,
            Points =
            [
                .. forecast.Median.Select((median, step) => new ForecastPoint(
                    step + 1, series.After(step + 1), median,
                    [.. forecast.Bands.Select(band => new ForecastRange(band.Level, band.Lower[step], band.Upper[step]))])),
            ],
        };
    }
}
