namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>What <see cref="DarkNtd"/> found in one window.</summary>
/// <param name="Components">Strongest score first.</param>
/// <param name="Error">Part of the tensor's sum of squares that is not explained, 0..1.</param>
/// <param name="Iterations">Updates of all factors and the core.</param>
/// <param name="Converged">False when the error still moved: a condition to be shown, the components still stand.</param>
internal sealed record NtdVerdict(
    IReadOnlyList<NtdComponent> Components, double Error, int Iterations, bool Converged);
