namespace Kizashi.Simulation.Truth;

/// <summary>What one sensor got of an outbreak in one window of its recorded time.</summary>
/// <param name="Start">A multiple of the window's length since 1970.</param>
/// <param name="Hosts">Infected hosts that sent something here.</param>
/// <param name="Groups">/16s (IPv6: /48s) that sent something here.</param>
/// <param name="StrongGroups">Those of them that sent at least three packets.</param>
/// <param name="Packets">In all.</param>
public sealed record OutbreakWindow(DateTimeOffset Start, int Hosts, int Groups, int StrongGroups, long Packets);
