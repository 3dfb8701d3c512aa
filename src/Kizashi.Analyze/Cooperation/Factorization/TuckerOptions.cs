namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Size of a Tucker decomposition, and when it stops.</summary>
internal sealed record TuckerOptions
{
    /// <summary>Components in each mode, 1 to 8. Default: 5, as Dark-TRACER's CORE_SIZE.</summary>
    public int Core { get; init; } = 5;

    /// <summary>Most updates of all factors and the core. Default: 60.</summary>
    public int Iterations { get; init; } = 60;

    /// <summary>Fewest of them, though the error stands still. Default: 4, as Dark-TRACER's ITERATION_NUM.</summary>
    public int LeastIterations { get; init; } = 4;

    /// <summary>
    /// It has converged when the squared error, as part of the tensor's sum of squares, changes by less. Default: 1e-4.
    /// </summary>
    public double Tolerance { get; init; } = 1e-4;
}
