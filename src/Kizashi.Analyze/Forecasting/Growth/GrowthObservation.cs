namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>What a telescope saw of an outbreak in one window.</summary>
/// <param name="At">End of the window.</param>
/// <param name="Hosts">Distinct sources on the outbreak's ports; NaN, negative and more than 1e12 are faults, and the window is left out.</param>
/// <param name="Packets">Their packets; null when not counted.</param>
public sealed record GrowthObservation(DateTimeOffset At, double Hosts, double? Packets = null);
