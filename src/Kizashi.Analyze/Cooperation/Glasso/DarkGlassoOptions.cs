namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>How Dark-GLASSO judges. Defaults are Dark-TRACER's where it has them.</summary>
public sealed record DarkGlassoOptions
{
    /// <summary>
    /// Groups that are judged at most; of more, a seeded choice. Default 1000; below 500 the densities say little.
    /// </summary>
    public int MaxGroups { get; init; } = 1000;

    /// <summary>Seed of that choice, together with the window's number. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Penalties on the covariance of logarithmic counts, falling. Default 0.9, 0.8 ... 0.4.</summary>
    public IReadOnlyList<double> Penalties { get; init; } = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4];

    /// <summary>Windows of the history. Default 432, three days of ten minutes.</summary>
    public int History { get; init; } = 432;

    /// <summary>Windows from which on a verdict is no longer provisional. Default 144, one day.</summary>
    public int FullHistory { get; init; } = 144;

    /// <summary>Windows before which nothing is judged. Default 18, three hours; ours.</summary>
    public int MinHistory { get; init; } = 18;

    /// <summary>
    /// A window stands out if a whole history's variance without it is at most this share of the variance with it;
    /// higher gives more alarms. Default 0.98.
    /// </summary>
    public double Theta { get; init; } = 0.98;

    /// <summary>Groups a graph must link before its density counts as more than 0. Default 5; ours.</summary>
    public int MinLinked { get; init; } = 5;

    /// <summary>
    /// Windows in a row that must stand out before they are the new normal. Default 72, half a day; ours.
    /// </summary>
    public int Settle { get; init; } = 72;

    /// <summary>
    /// The most that an entry of the covariance may still move in the last sweep. Default 1e-5: right to 1e-4.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>
    /// Millions of multiplications allowed for each penalty, about as many milliseconds. Default 1600.
    /// </summary>
    public int MaxWork { get; init; } = 1600;

    internal IReadOnlyList<string> Faults()
    {
        var faults = new OptionFaults("Glasso")
            .Range(nameof(MaxGroups), MaxGroups, 500, 4000)
            .Range("Penalties:Count", Penalties.Count, 1, 16)
            .Range(nameof(History), History, 18, 4032)
            .Range(nameof(FullHistory), FullHistory, MinHistory, History)
            .Range(nameof(MinHistory), MinHistory, 12, 4032)
            .Range(nameof(Theta), Theta, 0.5, 0.9999)
            .Range(nameof(MinLinked), MinLinked, 2, 4000)
            .Range(nameof(Settle), Settle, MinHistory, History)
            .Range(nameof(Tolerance), Tolerance, 1e-9, 1e-2)
            .Range(nameof(MaxWork), MaxWork, 1, 1_000_000);
        for (var at = 0; at < Penalties.Count; at++)
            faults.Range($"Penalties:{at}", Penalties[at], 1e-3, at == 0 ? 1e3 : Math.BitDecrement(Penalties[at - 1]));

        return faults.All;
    }
}
