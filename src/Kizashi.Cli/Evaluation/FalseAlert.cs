namespace Kizashi.Cli.Evaluation;

/// <summary>An outbreak that an engine told of and that was none.</summary>
/// <param name="Scenario">In which scenario.</param>
/// <param name="Sensor">Before which sensor.</param>
/// <param name="Engine">Which engine.</param>
/// <param name="Ports">Ports it named, at first.</param>
/// <param name="At">When.</param>
/// <param name="Suspects">Components of the scenario that sent to these ports then, but for the background; empty when only that did.</param>
internal sealed record FalseAlert(
    string Scenario, string Sensor, string Engine, IReadOnlyList<string> Ports, DateTimeOffset At, IReadOnlyList<string> Suspects)
{
    /// <summary>The engines behind it when it was first told, with their scores.</summary>
    public IReadOnlyList<string> By { get; init; } = [];
}
