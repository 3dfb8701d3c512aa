namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>When <see cref="Nmf"/> stops.</summary>
internal sealed record NmfOptions
{
    /// <summary>Most updates of both factors. Default: 3,000, as Dark-TRACER's DarkNMF.r.</summary>
    public int Iterations { get; init; } = 3000;

    /// <summary>
    /// It has converged when the mean squared error (packets^2) of two iterations differs by less. Default: 1e-5, as above.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;
}
