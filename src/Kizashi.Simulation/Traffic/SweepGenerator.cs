using Kizashi.Core.Addresses;
using Kizashi.Simulation.Addressing;
using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation.Traffic;

/// <summary>Sources that sweep over the darknet at an even pace, once or again and again: surveys and flashes.</summary>
internal sealed class SweepGenerator : TrafficGenerator
{
    private readonly SweepPlan _plan;
    private readonly Ledger _ledger;
    private readonly DarkSpace _dark;
    private readonly Sweeper[] _sweepers;

    public SweepGenerator(SimulatedWorld world, TrafficComponent component, SweepPlan plan, SeededRandom random)
        : base(world, world.TimesOf(component), random)
    {
        _plan = plan;
        _dark = world.Dark(component.V6);
        _ledger = new Ledger(plan.Kind, world, component.V6);
        _sweepers = [.. SourcesOf(component.V6).Select(Begin)];
    }

    private double Spacing => (double)_plan.SweepMicros / _plan.Packets;

    public override void FoldDay()
    {
        foreach (ref var sweeper in _sweepers.AsSpan())
            World.Days.Fold(ref sweeper.Day, sweeper.Source);
    }

    public override void Finish()
    {
        foreach (ref var sweeper in _sweepers.AsSpan())
            _ledger.Close(ref sweeper.Walk, WalkerOf(sweeper));

        _ledger.Finish();
    }

    protected override void Emit(PacketSlice slice, long from, long to)
    {
        foreach (ref var sweeper in _sweepers.AsSpan())
        {
            while (sweeper.NextTime < to)
            {
                // What falls into an outage is sent but not heard.
                if (sweeper.NextTime >= from)
                    Send(slice, ref sweeper);

                Plan(ref sweeper);
            }
        }
    }

    private Address[] SourcesOf(bool v6)
    {
        if (_plan.Neighbors)
            return World.Sources.TakeNeighbors(_plan.Sources);

        var first = World.Sources.Take((ulong)_plan.Sources);
        return [.. Enumerable.Range(0, _plan.Sources).Select(i => World.Sources.At(first + (ulong)i, v6))];
    }

    private Sweeper Begin(Address source)
    {
        var phase = _plan.Sources == 1 ? 0 : (long)Random.Below((ulong)Math.Max(1, _plan.PeriodMicros / 2));
        var sweeper = new Sweeper
        {
            Source = source,
            Style = ProbeStyle.Draw(_plan.Tool, Random),
            Step = _dark.Step(Random),
            Walk = new Walk { Next = Random.Below(_dark.Size) },
            SweepStart = From + phase,
        };
        sweeper.NextTime = sweeper.SweepStart;
        return sweeper;
    }

    private Walker WalkerOf(in Sweeper sweeper) =>
        new(sweeper.Source, _plan.Ports[sweeper.Sweep % _plan.Ports.Count], sweeper.Step);

    private void Send(PacketSlice slice, ref Sweeper sweeper)
    {
        var walker = WalkerOf(sweeper);
        var port = walker.Port.HasPorts ? sweeper.Sweep % _plan.Ports.Count : -1;
        World.Days.Count(ref sweeper.Day, sweeper.Source, port, sweeper.NextTime / 1000);
        var packet = new Packet { Time = sweeper.NextTime, Source = sweeper.Source };
        packet.Destination = _ledger.Advance(ref sweeper.Walk, walker, packet.Time);
        Probes.Write(slice, ref packet, walker.Port, sweeper.Style, Random);
    }

    private void Plan(ref Sweeper sweeper)
    {
        if (++sweeper.Index == _plan.Packets)
        {
            // The next sweep is on another port, so the event ends here unless there is only one.
            if (_plan.Ports.Count > 1)
                _ledger.Close(ref sweeper.Walk, WalkerOf(sweeper));

            sweeper.Index = 0;
            sweeper.Sweep++;
            sweeper.SweepStart += _plan.PeriodMicros;
        }

        var next = sweeper.SweepStart + (long)((sweeper.Index + (Random.Unit() * 0.9)) * Spacing);
        sweeper.NextTime = Math.Max(next, sweeper.NextTime + 1);
    }

    private struct Sweeper
    {
        public Address Source;
        public ProbeStyle Style;
        public ulong Step;
        public Walk Walk;
        public DayCount Day;
        public long SweepStart;
        public long NextTime;
        public int Index;
        public int Sweep;
    }
}
