namespace Kizashi.Core.Forecasts;

/// <summary>What became of forecasts that said about the same probability.</summary>
/// <param name="Said">Mean probability, 0..1.</param>
/// <param name="Came">Part that came, 0..1.</param>
/// <param name="Lower">Of the part, 95 % (Wilson).</param>
/// <param name="Upper">Of the part, 95 % (Wilson).</param>
/// <param name="Count">Forecasts.</param>
public sealed record ReliabilityPoint(double Said, double Came, double Lower, double Upper, int Count);
