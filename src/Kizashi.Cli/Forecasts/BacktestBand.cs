namespace Kizashi.Cli.Forecasts;

/// <summary>What a band would have held.</summary>
/// <param name="Level">The part that it says, 0..1.</param>
/// <param name="Held">The part that it held, 0..1.</param>
internal sealed record BacktestBand(double Level, double Held);
