namespace Kizashi.Cli.Forecasts;

/// <summary>How one way of forecasting would have done.</summary>
/// <param name="Name">A model's, or that of all together.</param>
/// <param name="Error">Mean absolute error, in the series' unit.</param>
/// <param name="Smape">Symmetric mean absolute percentage error, 0..200.</param>
/// <param name="Skill">1 - error / that of the seasonal naive forecast.</param>
internal sealed record BacktestRow(string Name, double Error, double Smape, double Skill);
