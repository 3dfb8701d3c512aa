using System.IO.Hashing;
using System.Text;
using Kizashi.Core.Pipeline;
using Kizashi.Simulation.Flows;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation;

/// <summary>Gives the FlowTuples of a scenario, sensor by sensor: what a telescope would make of its packets, without making them.</summary>
/// <remarks>
/// The packets are those of <see cref="SimulationSource"/>, drawn in the same order; a row stands for one packet, so rows of a key
/// are not joined. Marks of unicornscan stand on all its packets, and sketches of victims are hashed otherwise than a telescope's.
/// </remarks>
public sealed class FlowSimulation
{
    private readonly TrafficRun _run;
    private readonly int _shards;

    /// <param name="scenario">What to simulate.</param>
    /// <param name="truth">Where the truth goes, null for nowhere.</param>
    /// <param name="shards">In how many parts each sensor delivers, at least 1.</param>
    /// <exception cref="ArgumentException">The scenario has faults, all named.</exception>
    public FlowSimulation(Scenario scenario, ITruthSink? truth = null, int shards = 1)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        _run = new TrafficRun(scenario, truth);
        _shards = shards;
    }

    /// <summary>Who observes; at least one.</summary>
    public IReadOnlyList<SimulatedSensor> Sensors => _run.World.Sensors;

    /// <summary>Share of the simulated time that is over, 0..1; may be read by any thread.</summary>
    public double Progress => _run.Progress;

    /// <summary>Packets so far; each counted once, however often it was delivered.</summary>
    public long Packets { get; private set; }

    /// <summary>Runs the scenario to its end, on the caller's thread.</summary>
    /// <param name="sinks">One for each of <see cref="Sensors"/>.</param>
    /// <param name="cancellation">Ends it early, without the truth.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(IReadOnlyList<IObservationSink> sinks, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sinks);
        var content = _run.World.Scenario.ContentHash;
        SensorOutlet[] outlets =
        [
            .. Sensors.Select((sensor, number) => new SensorOutlet(
                sensor.Name, content ^ XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(sensor.Name)), sinks[number], _shards)),
        ];
        var slice = new FlowSlice(_run.World, outlets);
        while (!_run.IsOver)
        {
            cancellation.ThrowIfCancellationRequested();
            _run.Generate(slice);
            Packets += slice.Count;
            foreach (var outlet in outlets)
                outlet.Flush();
        }

        foreach (var outlet in outlets)
            outlet.Finish();

        _run.Complete(Packets);
    }
}
