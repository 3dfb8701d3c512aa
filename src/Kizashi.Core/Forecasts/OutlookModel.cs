namespace Kizashi.Core.Forecasts;

/// <summary>A model behind an outlook.</summary>
/// <param name="Name">The model's.</param>
/// <param name="Weight">0..1.</param>
/// <param name="Skill">1 - its error / that of the seasonal naive forecast, in the backtest.</param>
public sealed record OutlookModel(string Name, double Weight, double Skill);
