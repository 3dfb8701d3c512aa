namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>A tensor written as a small core times one non-negative factor for each mode.</summary>
/// <remarks>Factors have <see cref="TensorProducts.Width"/> numbers a row; columns past the core are zero, others of norm 1 or 0.</remarks>
/// <param name="Core">Components in each mode.</param>
/// <param name="Weights">Core x core x core: by time, group and port component.</param>
/// <param name="Time">Minutes x width.</param>
/// <param name="Groups">Host groups x width.</param>
/// <param name="Ports">Ports x width.</param>
/// <param name="Error">Sum of squares left, as part of the tensor's, 0..1.</param>
/// <param name="Iterations">Updates of all factors and the core.</param>
/// <param name="Converged">Whether the error stood still before the iterations were used up.</param>
internal sealed record TuckerModel(
    int Core, double[] Weights, double[] Time, double[] Groups, double[] Ports, double Error, int Iterations,
    bool Converged);
