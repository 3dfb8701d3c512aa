namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>Two hosts that act together, all others held fixed.</summary>
/// <param name="First">Column of the first host; less than the second.</param>
/// <param name="Second">Column of the second.</param>
/// <param name="Partial">Partial correlation, -1..1, never 0.</param>
internal readonly record struct GlassoEdge(int First, int Second, double Partial);
