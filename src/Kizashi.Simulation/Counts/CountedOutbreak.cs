namespace Kizashi.Simulation.Counts;

/// <summary>The truth of an outbreak in hourly counts.</summary>
/// <param name="Start">Hour.</param>
/// <param name="Seeds">Infected at the start.</param>
/// <param name="Population">Infected in the end.</param>
/// <param name="Doubling">Hours, while few are infected.</param>
public sealed record CountedOutbreak(int Start, int Seeds, double Population, double Doubling)
{
    /// <summary>The first hour in which the infected are twice as many as at the start; -1 for none.</summary>
    public int Begun { get; init; } = -1;
}
