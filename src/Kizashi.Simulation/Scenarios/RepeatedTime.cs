namespace Kizashi.Simulation.Scenarios;

/// <summary>A time in which the sensor gets each packet twice, as from a mirror port that copies both directions.</summary>
/// <param name="After">From the scenario's start.</param>
/// <param name="Length">How long.</param>
public sealed record RepeatedTime(TimeSpan After, TimeSpan Length);
