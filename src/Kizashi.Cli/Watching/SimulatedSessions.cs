using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope;
using Kizashi.Simulation;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Cli.Watching;

/// <summary>Sessions whose packets are invented as they are read.</summary>
internal static class SimulatedSessions
{
    /// <param name="sensor">Name of the sensor.</param>
    /// <param name="scenario">What happens.</param>
    /// <param name="speed">Times real time; infinity for as fast as it goes.</param>
    /// <param name="live">Go on at the clock's pace once simulated time has caught up with it.</param>
    public static SessionPlan Plan(string sensor, Scenario scenario, double speed, bool live) => new()
    {
        Sensor = sensor,
        Kind = "simulation",
        Open = () => double.IsPositiveInfinity(speed)
            ? new SimulationSource(scenario)
            : new PacedSource(new SimulationSource(scenario), speed, TimeProvider.System, live),
        Pace = double.IsPositiveInfinity(speed) ? TelescopePace.Unpaced : TelescopePace.Paced,
        Dark = new PrefixSet(scenario.Dark),
        Own = new PrefixSet(scenario.Own),
        Simulated = true,
    };
}
