namespace Kizashi.Core.Forecasts;

/// <summary>Between which values a part of what may come lies.</summary>
/// <param name="Level">The part, 0..1.</param>
/// <param name="Lower">For each hour ahead.</param>
/// <param name="Upper">For each hour ahead.</param>
public sealed record OutlookBand(double Level, IReadOnlyList<float> Lower, IReadOnlyList<float> Upper);
