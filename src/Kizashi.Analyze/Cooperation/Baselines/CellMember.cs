namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>One group of sources in one cell and window.</summary>
/// <param name="Group">Its number.</param>
/// <param name="Packets">What it sent.</param>
/// <param name="OnlyDestination">The destination, plus 1, where it had but one; else 0.</param>
/// <param name="Hosts">Its distinct sources, estimated.</param>
internal readonly record struct CellMember(ulong Group, uint Packets, ulong OnlyDestination, float Hosts);
