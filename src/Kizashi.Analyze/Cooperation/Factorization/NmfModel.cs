namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>A non-negative matrix V written as W H: what happens together, by whom.</summary>
/// <param name="W">Rows of V x rank, row major: when each component is active.</param>
/// <param name="H">Rank x columns of V: who takes part in each component.</param>
/// <param name="MeanSquaredError">Mean of (V - WH)^2 over the cells of V.</param>
/// <param name="Iterations">Updates of both factors.</param>
/// <param name="Converged">Whether the error stood still before the iterations were used up.</param>
internal sealed record NmfModel(float[] W, CountMatrix H, double MeanSquaredError, int Iterations, bool Converged)
{
    public int Rank => H.Rows;
}
