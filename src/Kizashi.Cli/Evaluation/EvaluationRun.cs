using System.Collections.Concurrent;

namespace Kizashi.Cli.Evaluation;

/// <summary>Many scenarios evaluated side by side.</summary>
/// <param name="evaluations">At least one.</param>
/// <param name="jobs">Threads, each with a scenario of its own.</param>
internal sealed class EvaluationRun(IReadOnlyList<ScenarioEvaluation> evaluations, int jobs)
{
    private readonly ConcurrentDictionary<ScenarioEvaluation, ScenarioScore> _scores = [];
    private readonly double _weight = evaluations.Sum(evaluation => evaluation.Weight);

    /// <summary>Share of the work that is done, 0..1; may be read by any thread.</summary>
    public double Progress => evaluations.Sum(evaluation => evaluation.Weight * evaluation.Progress) / Math.Max(1, _weight);

    /// <summary>Scenarios that are through.</summary>
    public int Done => _scores.Count;

    /// <param name="finished">Called for each scenario as it ends, from any thread.</param>
    /// <param name="cancellation">Ends it without a result.</param>
    /// <returns>In the order of the scenarios.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<IReadOnlyList<ScenarioScore>> RunAsync(Action<ScenarioScore> finished, CancellationToken cancellation)
    {
        // The longest first, so that the last thread does not start one when all others are through.
        var ordered = Partitioner.Create(evaluations.OrderByDescending(evaluation => evaluation.Weight), EnumerablePartitionerOptions.NoBuffering);
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation };
        await Task.Run(
            () => Parallel.ForEach(ordered, options, evaluation =>
            {
                var score = evaluation.Run(cancellation);
                _scores[evaluation] = score;
                finished(score);
            }),
            CancellationToken.None);
        return [.. evaluations.Select(evaluation => _scores[evaluation])];
    }
}
