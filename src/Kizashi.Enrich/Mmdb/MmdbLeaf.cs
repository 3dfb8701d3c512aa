namespace Kizashi.Enrich.Mmdb;

/// <summary>A network of a MaxMind DB.</summary>
/// <param name="V6">The family.</param>
/// <param name="Network">First address; IPv4 in the lowest 32 bits.</param>
/// <param name="Length">In the family's own bits.</param>
/// <param name="Record">Offset of its record in the data section.</param>
internal readonly record struct MmdbLeaf(bool V6, UInt128 Network, int Length, int Record);
