namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>How one rank fitted.</summary>
/// <param name="Rank">From 1 on.</param>
/// <param name="MeanSquaredError">Packets^2 per cell.</param>
/// <param name="Iterations">Updates of both factors.</param>
/// <param name="Converged">Whether the error stood still before the iterations were used up.</param>
/// <param name="DescriptionLength">Nats for the residual and the model (MDL); smaller is better.</param>
internal readonly record struct NmfFit(
    int Rank, double MeanSquaredError, int Iterations, bool Converged, double DescriptionLength);
