namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>When the graphical lasso stops.</summary>
/// <param name="Tolerance">The most that an entry of W may still move in a sweep, in units of S.</param>
/// <param name="Work">Multiplications allowed for each penalty; work and not time, so that the same window always
/// ends alike.</param>
internal sealed record GlassoLimits(double Tolerance = 1e-6, long Work = 4_000_000_000);
