using Kizashi.Analyze.Cooperation;

namespace Kizashi.Cli.Evaluation;

/// <summary>The engines and the length of the windows they judge in.</summary>
internal static class EngineWindows
{
    private const int Usual = 10;
    private const int HalfHour = 30;

    /// <summary>The combination first, then each engine.</summary>
    public static IReadOnlyDictionary<string, int> All { get; } = new Dictionary<string, int>
    {
        [EngineReport.Combination] = Usual,
        [EngineNames.Baseline] = Usual,
        [EngineNames.ChangeFinder] = Usual,
        [EngineNames.Glasso] = Usual,
        [EngineNames.Nmf] = HalfHour,
        [EngineNames.Ntd] = HalfHour,
    };

    public static int MinutesOf(string engine) => All.GetValueOrDefault(engine, Usual);
}
