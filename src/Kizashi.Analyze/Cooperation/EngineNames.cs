namespace Kizashi.Analyze.Cooperation;

/// <summary>The engines by the names under which they vote.</summary>
public static class EngineNames
{
    public const string Baseline = "baseline";
    public const string ChangeFinder = "changefinder";
    public const string Glasso = "glasso";
    public const string Nmf = "nmf";
    public const string Ntd = "ntd";

    public static IReadOnlyList<string> All { get; } = [Baseline, ChangeFinder, Glasso, Nmf, Ntd];
}
