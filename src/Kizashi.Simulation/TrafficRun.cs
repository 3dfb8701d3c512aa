using Kizashi.Core;
using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Traffic;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation;

/// <summary>A scenario in motion: slice after slice of its packets, and its truth at the end.</summary>
/// <remarks>
/// Slice lengths follow from the content alone, so the same scenario gives the same packets in whatever form they are written.
/// </remarks>
internal sealed class TrafficRun
{
    private const int PacketsPerSlice = 6000;
    private const long ShortestSlice = 1_000;
    private const long LongestSlice = 60_000_000;
    private const long MinuteMicros = 60_000_000;
    private const long DayMicros = 86_400_000_000;

    private readonly TrafficGenerator[] _generators;
    private readonly (long From, long To)[] _outages;
    private long _sliceLength = 10_000;
    private long _dayEnd;
    private bool _complete;

    /// <exception cref="ArgumentException">The scenario has faults, all named.</exception>
    public TrafficRun(Scenario scenario, ITruthSink? truth)
    {
        var faults = scenario.Faults();
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), nameof(scenario));

        World = new SimulatedWorld(scenario, truth ?? new NoTruth());
        _generators = TrafficGenerators.Of(World);
        _outages = OutagesOf(World);
        Time = World.Start;
        _dayEnd = DayEndAfter(Time);
    }

    public SimulatedWorld World { get; }

    /// <summary>How far it has come, true time, microseconds since 1970.</summary>
    public long Time { get; private set; }

    public bool IsOver => Time >= World.End;

    /// <summary>Share of the time that is over, 0..1.</summary>
    public double Progress => Math.Min(1, (double)(Time - World.Start) / Math.Max(1, World.End - World.Start));

    /// <summary>Fills the next slice; it stays empty in an outage.</summary>
    public void Generate(PacketSlice slice)
    {
        if (Time >= _dayEnd)
            EndDay();

        var to = Math.Min(Math.Min(Time + _sliceLength, _dayEnd), World.End);
        foreach (var (from, end) in _outages)
        {
            if (Time >= from && Time < end)
            {
                slice.Clear(Time, Time);
                Time = Math.Min(Math.Min(end, _dayEnd), World.End);
                return;
            }

            if (from > Time)
                to = Math.Min(to, from);
        }

        slice.Clear(Time, to);
        foreach (var generator in _generators)
            generator.Emit(slice);

        Time = to;
        // The next slice gets as long as this one's rate says, but changes slowly, so that a burst cannot make it huge.
        var wanted = _sliceLength * PacketsPerSlice / Math.Max(1, slice.Count);
        _sliceLength = Math.Clamp(wanted, _sliceLength / 4, _sliceLength * 2);
        _sliceLength = Math.Clamp(_sliceLength, ShortestSlice, LongestSlice);
    }

    /// <summary>Tells the rest of the truth, once.</summary>
    /// <param name="packets">Packets that were in the slices in all.</param>
    public void Complete(long packets)
    {
        if (_complete)
            return;

        _complete = true;
        foreach (var generator in _generators)
            generator.FoldDay();

        foreach (var generator in _generators)
            generator.Finish();

        World.Days.Finish();
        TellOutages(packets);
        World.Truth.Complete(packets);
    }

    private static (long From, long To)[] OutagesOf(SimulatedWorld world) =>
    [
        .. world.Scenario.Outages
            .Select(outage => world.Start + (long)outage.After.TotalMicroseconds)
            .Zip(world.Scenario.Outages, (from, outage) => (from, from + (long)outage.Length.TotalMicroseconds))
            .OrderBy(outage => outage.from),
    ];

    private static long DayEndAfter(long time) => (time / DayMicros * DayMicros) + DayMicros;

    private void EndDay()
    {
        foreach (var generator in _generators)
            generator.FoldDay();

        World.Days.EndDay();
        _dayEnd = DayEndAfter(Time);
    }

    private void TellOutages(long packets)
    {
        foreach (var (from, to) in _outages.Where(outage => outage.From < World.End))
        {
            var expected = packets / Math.Max(1, World.Scenario.Duration.TotalMinutes) * (to - from) / MinuteMicros;
            World.Truth.Add(new TruthEvent
            {
                Kind = "outage",
                Start = DateTimeOffset.UnixEpoch.AddMicroseconds(from),
                End = DateTimeOffset.UnixEpoch.AddMicroseconds(Math.Min(to, World.End)),
                Packets = 0,
                ExpectedAlert = IsNoticed(from, to, expected) ? EventCatalog.SensorGap : null,
            });
        }
    }

    // Silence is a gap when it is long, history is there to judge it by, and chance cannot explain it.
    private bool IsNoticed(long from, long to, double expected) =>
        to <= World.End && to - from >= 3 * MinuteMicros && from - World.Start >= 20 * MinuteMicros && expected >= 30;
}
