using Kizashi.Analyze.Cooperation;
using Kizashi.Core.Pipeline;
using Kizashi.Simulation;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Cli.Evaluation;

/// <summary>One scenario under evaluation: its traffic runs in memory through a set of analyzers for each sensor, and is scored.</summary>
/// <param name="scenario">Must have no faults.</param>
/// <param name="analyzers">Makes the analyzers of a sensor that delivers in one shard; their engines report to the listener.</param>
/// <param name="time">Measures how long it takes.</param>
internal sealed class ScenarioEvaluation(
    Scenario scenario, Func<SimulatedSensor, IEngineListener, IReadOnlyList<IAnalyzer>> analyzers, TimeProvider time)
{
    private readonly TruthList _truth = new();
    private FlowSimulation? _simulation;

    public string Name => scenario.Name;

    /// <summary>About how many packets it has: what it costs.</summary>
    public double Weight { get; } = scenario.Duration.TotalSeconds
        * scenario.Components.OfType<BackgroundRadiation>()
            .Sum(background => scenario.Dark.Where(dark => dark.IsV4 != background.V6).Sum(dark => (double)dark.Size) / background.SecondsPerAddress);

    /// <summary>Share of the simulated time that is over, 0..1; may be read by any thread.</summary>
    public double Progress => _simulation?.Progress ?? 0;

    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ScenarioScore Run(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var simulation = new FlowSimulation(scenario, _truth);
        _simulation = simulation;
        ReportCollector[] collectors =
            [.. simulation.Sensors.Select(sensor => new ReportCollector(sensor.Name, listener => analyzers(sensor, listener)))];
        simulation.Run(collectors, cancellation);
        foreach (var collector in collectors)
            collector.Finish();

        EngineReport[] reports = [.. collectors.SelectMany(collector => collector.Reports)];
        var (outbreaks, falseAlerts) = OutbreakScorer.Score(scenario, _truth.Events, reports, EngineWindows.All);
        return new ScenarioScore
        {
            Scenario = scenario.Name,
            SensorDays = scenario.Duration.TotalDays * simulation.Sensors.Count,
            Packets = simulation.Packets,
            Seconds = time.GetElapsedTime(started).TotalSeconds,
            Outbreaks = outbreaks,
            FalseAlerts = falseAlerts,
        };
    }
}
