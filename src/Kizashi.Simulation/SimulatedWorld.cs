using Kizashi.Core.Addresses;
using Kizashi.Simulation.Addressing;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation;

/// <summary>What all traffic of a scenario shares: addresses, time, definitions and the place where truth is told.</summary>
internal sealed class SimulatedWorld
{
    /// <summary>Name of the sensor of a scenario that names none.</summary>
    public const string OnlySensor = "simulated";

    private readonly DarkSpace _dark4;
    private readonly DarkSpace _dark6;
    private readonly PrefixSet[] _observed;
    private readonly (long From, long By)[] _steps;
    private readonly (long From, long To)[] _repeats;
    private int _ownHosts;

    public SimulatedWorld(Scenario scenario, ITruthSink truth)
    {
        Scenario = scenario;
        Truth = truth;
        Sources = new SourceSpace(AddressPlan.Create(scenario.Seed));
        _dark4 = new DarkSpace(scenario.Dark, v6: false);
        _dark6 = new DarkSpace(scenario.Dark, v6: true);
        Scans = new ScanDefinition(_dark4.Size);
        Days = new DayLedger(_dark4.Size, truth);
        Sensors = scenario.Sensors.Count > 0 ? scenario.Sensors : [new SimulatedSensor(OnlySensor, scenario.Dark)];
        _observed = [.. Sensors.Select(sensor => new PrefixSet(sensor.Dark))];
        Start = Micros(scenario.Start);
        End = Micros(scenario.End);
        _steps = [.. scenario.ClockSteps
            .Select(step => (From: Start + (long)step.After.TotalMicroseconds, By: (long)step.By.TotalMicroseconds))
            .OrderBy(step => step.From)];
        _repeats = [.. scenario.Repeats
            .Select(repeat => Start + (long)repeat.After.TotalMicroseconds)
            .Zip(scenario.Repeats, (from, repeat) => (from, from + (long)repeat.Length.TotalMicroseconds))];
    }

    public Scenario Scenario { get; }

    public ITruthSink Truth { get; }

    public SourceSpace Sources { get; }

    public ScanDefinition Scans { get; }

    public DayLedger Days { get; }

    /// <summary>Microseconds since 1970.</summary>
    public long Start { get; }

    /// <summary>Microseconds since 1970, exclusive.</summary>
    public long End { get; }

    /// <summary>At least one.</summary>
    public IReadOnlyList<SimulatedSensor> Sensors { get; }

    /// <summary>Number of the sensor that observes a dark address.</summary>
    public int SensorOf(Address dark)
    {
        var number = 0;
        while (number < _observed.Length - 1 && !_observed[number].Contains(dark))
            number++;

        return number;
    }

    /// <summary>What the sensors' clock says at a true time, microseconds since 1970.</summary>
    public long Recorded(long micros)
    {
        var recorded = micros;
        foreach (var (from, by) in _steps)
            recorded += micros >= from ? by : 0;

        return Math.Max(0, recorded);
    }

    /// <summary>How often a packet of a true time is delivered.</summary>
    public int CopiesAt(long micros)
    {
        foreach (var (from, to) in _repeats)
        {
            if (micros >= from && micros < to)
                return 2;
        }

        return 1;
    }

    public DarkSpace Dark(bool v6) => v6 ? _dark6 : _dark4;

    /// <summary>From when to when a component sends, microseconds since 1970.</summary>
    public (long From, long To) TimesOf(TrafficComponent component)
    {
        var from = Math.Min(Start + (long)component.After.TotalMicroseconds, End);
        var to = component.Length is { } length ? from + (long)length.TotalMicroseconds : End;
        return (from, Math.Min(to, End));
    }

    /// <summary>How lively the day is at a moment; 1 on average.</summary>
    public double Diurnal(long micros)
    {
        if (Scenario.Diurnal == 0)
            return 1;

        // Busiest at 15:00 UTC, quietest at 03:00.
        var day = micros % 86_400_000_000 / 86_400_000_000.0;
        return 1 + (Scenario.Diurnal * Math.Sin(2 * Math.PI * (day - 0.375)));
    }

    /// <summary>An own host that no other component uses; the prefixes are taken in turn.</summary>
    public Address TakeOwnHost(IReadOnlyList<Prefix> prefixes)
    {
        var number = _ownHosts++;
        var prefix = prefixes[number % prefixes.Count];
        // Not the first address, and far enough apart to look like hosts.
        var place = (UInt128)(10 + (number * 7));
        return new Address(prefix.First.Value + (place % (UInt128)Math.Min(prefix.Size, 1 << 30)));
    }

    internal static long Micros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;
}
