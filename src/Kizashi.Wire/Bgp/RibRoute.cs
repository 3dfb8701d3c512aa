namespace Kizashi.Wire.Bgp;

/// <summary>A prefix of a routing table, with the AS that announces it.</summary>
/// <param name="V6">The family.</param>
/// <param name="Network">First address, host order; an IPv4 address in the lowest 32 bits.</param>
/// <param name="Length">0..32 or 0..128.</param>
/// <param name="Origin">The last AS of the path that most peers gave; 0 when no path names one.</param>
/// <param name="Peers">Entries, one for each peer that has a path.</param>
public readonly record struct RibRoute(bool V6, UInt128 Network, int Length, uint Origin, int Peers);
