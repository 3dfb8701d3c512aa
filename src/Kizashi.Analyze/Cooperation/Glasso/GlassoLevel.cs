namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>One penalty's part of a verdict.</summary>
/// <param name="Solution">How the solver went.</param>
/// <param name="Density">Edges / (n(n-1)), each edge counted once; 0..0.5.</param>
/// <param name="Score">How far the density stands out of its history: from 1 on it is an alarm.</param>
internal sealed record GlassoLevel(GlassoStep Solution, double Density, double Score);
