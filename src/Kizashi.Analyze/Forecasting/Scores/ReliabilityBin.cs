namespace Kizashi.Analyze.Forecasting.Scores;

/// <summary>How often what was said with about the same probability came true.</summary>
/// <param name="Said">Mean probability, 0..1.</param>
/// <param name="Observed">Share that came true, 0..1.</param>
/// <param name="Count">How often it was said; at least 1.</param>
/// <param name="Lower">Least share that is likely behind what was observed, 95 % (Wilson 1927).</param>
/// <param name="Upper">Greatest such share.</param>
public sealed record ReliabilityBin(double Said, double Observed, int Count, double Lower, double Upper);
