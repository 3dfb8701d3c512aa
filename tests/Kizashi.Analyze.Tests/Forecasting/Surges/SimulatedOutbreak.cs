namespace Kizashi.Analyze.Tests.Forecasting.Surges;

/// <summary>The truth of an outbreak.</summary>
/// <param name="Start">Hour.</param>
/// <param name="Seeds">Infected at the start.</param>
/// <param name="Population">Infected in the end.</param>
/// <param name="Doubling">Hours, while few are infected.</param>
internal sealed record SimulatedOutbreak(int Start, int Seeds, double Population, double Doubling)
{
    /// <summary>The first hour in which the infected are twice as many as at the start; -1 for none.</summary>
    public int Begun { get; init; } = -1;
}
