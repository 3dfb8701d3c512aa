namespace Kizashi.Analyze.Forecasting;

/// <summary>How forecasts are made; the defaults are what is measured, and were chosen on training parts only.</summary>
public sealed record ForecastOptions
{
    /// <summary>Times in the past from which forecasts are tried, 1..24. Default 6.</summary>
    public int Origins { get; init; } = 6;

    /// <summary>How much a model's weight falls with its error: the weight is the error to minus this power, 0..32. Default 4.</summary>
    public double Sharpness { get; init; } = 4;

    /// <summary>Parts of what may come that the bands hold, each 0.01..0.99. Default a half, four fifths and 95 %.</summary>
    public IReadOnlyList<double> Levels { get; init; } = [0.5, 0.8, 0.95];

    internal IReadOnlyList<string> Faults() => new OptionFaults("Forecasts")
        .Range(nameof(Origins), Origins, 1, 24)
        .Range(nameof(Sharpness), Sharpness, 0, 32)
        .Range(nameof(Levels), Levels.DefaultIfEmpty(-1).Min(), 0.01, 0.99)
        .Range(nameof(Levels), Levels.DefaultIfEmpty(-1).Max(), 0.01, 0.99)
        .All;
}
