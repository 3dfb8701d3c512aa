namespace Kizashi.Analyze.Forecasting;

/// <summary>How much a model has to say in a forecast, and why.</summary>
/// <param name="Name">The model's.</param>
/// <param name="Weight">Mean over the steps, 0..1.</param>
/// <param name="Error">Its mean absolute error in the backtest, in the series' unit.</param>
/// <param name="Skill">1 - its error / that of the seasonal naive forecast: above 0 it is better, 1 is perfect.</param>
public sealed record ModelShare(string Name, double Weight, double Error, double Skill);
