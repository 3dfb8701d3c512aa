using Kizashi.Core.Addresses;
using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation.Traffic;

/// <summary>Sources that send to one dark address and port for as long as it lasts.</summary>
internal sealed class MisconfigurationGenerator : TrafficGenerator
{
    private const int MostStyles = 256;

    private readonly Misconfiguration _component;
    private readonly PortName _port;
    private readonly ulong _firstSource;
    private readonly Address _target;
    private readonly ProbeStyle[] _styles;
    private readonly DayCount[] _days;
    private long _packets;
    private long _first;
    private long _last;

    public MisconfigurationGenerator(SimulatedWorld world, Misconfiguration component, SeededRandom random)
        : base(world, world.TimesOf(component), random)
    {
        _component = component;
        _port = PortName.Parse(component.Port).In(component.V6);
        _firstSource = world.Sources.Take((ulong)component.Sources);
        var dark = world.Dark(component.V6);
        _target = dark.At(random.Below(dark.Size));
        _styles = [.. Enumerable.Range(0, Math.Min(component.Sources, MostStyles)).Select(_ => ProbeStyle.Draw(ScanTool.Plain, random))];
        _days = new DayCount[component.Sources];
    }

    public override void FoldDay()
    {
        for (var number = 0; number < _days.Length; number++)
        {
            if (_days[number].Packets > 0)
                World.Days.Fold(ref _days[number], SourceOf(number));
        }
    }

    public override void Finish()
    {
        if (_packets == 0)
            return;

        World.Truth.Add(new TruthEvent
        {
            Kind = "misconfiguration",
            Sources = [.. Enumerable.Range(0, _styles.Length).Take(TruthEvent.MostListed).Select(SourceOf)],
            SourceCount = _component.Sources,
            Targets = [_target],
            TargetCount = 1,
            Ports = [_port.Text],
            Start = DateTimeOffset.FromUnixTimeMilliseconds(_first / 1000),
            End = DateTimeOffset.FromUnixTimeMilliseconds(_last / 1000),
            Packets = _packets,
        });
    }

    protected override void Emit(PacketSlice slice, long from, long to)
    {
        var moments = new Moments(from, to, Random.Poisson(_component.PacketsPerSecond * (to - from) / 1e6));
        while (moments.Next(Random, out var time))
        {
            // One source needs no chance to be chosen.
            var number = _days.Length == 1 ? 0 : Random.Below(_days.Length);
            var packet = new Packet { Time = time, Source = SourceOf(number), Destination = _target };
            Probes.Write(slice, ref packet, _port, _styles[number % _styles.Length], Random);
            World.Days.Count(ref _days[number], packet.Source, _port.HasPorts ? 0 : -1, time / 1000);
            if (_packets++ == 0)
                _first = time;

            _last = time;
        }
    }

    private Address SourceOf(int number) => World.Sources.At(_firstSource + (ulong)number, _component.V6);
}
