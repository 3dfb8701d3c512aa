namespace Kizashi.Simulation.Tests;

/// <summary>Tests that measure the whole process and so must run alone.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
