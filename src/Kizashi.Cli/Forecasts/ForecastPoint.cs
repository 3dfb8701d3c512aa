namespace Kizashi.Cli.Forecasts;

/// <summary>What is expected of one step ahead.</summary>
/// <param name="Step">1 for the first after the series' last.</param>
/// <param name="At">Its time; null when the series has no times.</param>
/// <param name="Median">Exceeded as often as not.</param>
/// <param name="Bands">Narrowest first.</param>
internal sealed record ForecastPoint(int Step, DateTimeOffset? At, double Median, IReadOnlyList<ForecastRange> Bands);
