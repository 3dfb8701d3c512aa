using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Scenarios;

/// <summary>One of several places that observe the same simulated Internet.</summary>
/// <param name="Name">Of the sensor.</param>
/// <param name="Dark">What it observes: some of the scenario's dark prefixes.</param>
public sealed record SimulatedSensor(string Name, IReadOnlyList<Prefix> Dark);
