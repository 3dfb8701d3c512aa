namespace Kizashi.Cli.Forecasts;

/// <summary>Between which values a part of what may come lies.</summary>
/// <param name="Level">The part, 0..1.</param>
/// <param name="Lower">In the series' unit.</param>
/// <param name="Upper">In the series' unit.</param>
internal sealed record ForecastRange(double Level, double Lower, double Upper);
