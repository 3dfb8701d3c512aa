namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>A quantity that is not known exactly.</summary>
/// <param name="Median">As likely exceeded as not.</param>
/// <param name="Bands">Narrowest first.</param>
public sealed record Banded<T>(T Median, IReadOnlyList<Limits<T>> Bands);
