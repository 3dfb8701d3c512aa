namespace Kizashi.Analyze.Forecasting;

/// <summary>Between which values a part of what may come lies.</summary>
/// <param name="Level">The part, 0..1.</param>
/// <param name="Lower">At each step; below the upper.</param>
/// <param name="Upper">At each step.</param>
public sealed record ForecastBand(double Level, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper);
