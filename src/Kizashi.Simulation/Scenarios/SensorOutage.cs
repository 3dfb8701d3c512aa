namespace Kizashi.Simulation.Scenarios;

/// <summary>A time in which the sensor hears nothing.</summary>
/// <param name="After">From the scenario's start.</param>
/// <param name="Length">How long.</param>
public sealed record SensorOutage(TimeSpan After, TimeSpan Length);
