namespace Kizashi.Cli.Evaluation;

/// <summary>What an evaluation found: engine by engine, over strength, and scenario by scenario.</summary>
internal sealed record EvaluationResult
{
    public required IReadOnlyList<EngineSummary> Engines { get; init; }

    public required IReadOnlyList<RecallPoint> RecallOverStrength { get; init; }

    public required IReadOnlyList<ScenarioScore> Scenarios { get; init; }

    /// <param name="engines">In the order in which they are wanted.</param>
    /// <param name="scores">At least one.</param>
    public static EvaluationResult Of(IEnumerable<string> engines, IReadOnlyList<ScenarioScore> scores)
    {
        string[] names = [.. engines];
        return new EvaluationResult
        {
            Engines = [.. names.Select(engine => EngineSummary.Of(engine, scores))],
            RecallOverStrength = [.. names.SelectMany(engine => RecallPoint.Curve(engine, scores))],
            Scenarios = scores,
        };
    }
}
