namespace Kizashi.Core.Findings;

/// <summary>Two groups of sources that act together.</summary>
/// <param name="From">The one, such as 203.0.0.0/16.</param>
/// <param name="To">The other.</param>
/// <param name="Weight">How closely, 0..1: partial correlation, or the share of what they do alike.</param>
public sealed record GroupEdge(string From, string To, double Weight);
