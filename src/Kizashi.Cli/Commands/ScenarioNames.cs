using Kizashi.Simulation.Library;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Cli.Commands;

/// <summary>What a scenario may be called on the command line: a preset, one of the library's, or a file.</summary>
internal static class ScenarioNames
{
    /// <param name="name">As it was given.</param>
    /// <param name="start">First moment of a preset; others have their own.</param>
    /// <param name="seed">Of a preset; others have their own.</param>
    /// <param name="faults">Why it cannot be used; empty when it can.</param>
    public static Scenario? Find(string name, DateTimeOffset start, ulong seed, out IReadOnlyList<string> faults)
    {
        faults = [];
        if (Scenario.PresetNames.Contains(name))
            return Scenario.Preset(name, start, seed);

        return ScenarioLibrary.TryCreate(name, out var scenario) ? scenario : ScenarioFile.Read(name, out faults);
    }
}
