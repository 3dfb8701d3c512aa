namespace Kizashi.Core.Campaigns;

/// <summary>A source that behaves like another.</summary>
/// <param name="Source">Its number in the order in which sources were given.</param>
/// <param name="Likeness">Cosine of what both do beyond chance, 0..1.</param>
public readonly record struct SourceNeighbor(int Source, double Likeness);
