namespace Kizashi.Simulation.Scenarios;

/// <summary>A moment at which the sensor's clock jumps, as after a correction by NTP or a dead battery.</summary>
/// <param name="After">From the scenario's start, by the true clock.</param>
/// <param name="By">Added to all later times; negative sets the clock back.</param>
public sealed record ClockStep(TimeSpan After, TimeSpan By);
