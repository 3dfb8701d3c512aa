namespace Kizashi.Core.Forecasts;

/// <summary>What was forecast for one hour, written down before it came.</summary>
/// <param name="Series">Number of the series in the store.</param>
/// <param name="Hour">The hour spoken of, hours since 1970 UTC.</param>
/// <param name="Lead">Hours ahead at which it was said.</param>
/// <param name="Median">Exceeded as often as not.</param>
/// <param name="Lower">Of each band, narrowest first.</param>
/// <param name="Upper">Of each band, narrowest first.</param>
public sealed record IssuedForecast(int Series, long Hour, int Lead, float Median, IReadOnlyList<float> Lower, IReadOnlyList<float> Upper);
