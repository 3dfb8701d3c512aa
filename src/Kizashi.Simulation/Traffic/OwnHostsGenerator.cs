using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Simulation.Addressing;
using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation.Traffic;

/// <summary>Hosts of the operator's own networks that walk over the darknet.</summary>
internal sealed class OwnHostsGenerator : TrafficGenerator
{
    private readonly OwnHosts _component;
    private readonly Ledger _ledger;
    private readonly DarkSpace _dark;
    private readonly PortName _port;
    private readonly Host[] _hosts;

    public OwnHostsGenerator(SimulatedWorld world, OwnHosts component, SeededRandom random)
        : base(world, world.TimesOf(component), random)
    {
        _component = component;
        _dark = world.Dark(component.V6);
        _port = PortName.Parse(component.Port).In(component.V6);
        _ledger = new Ledger("own-hosts", world, component.V6);
        var prefixes = world.Scenario.Own.Where(prefix => prefix.IsV4 != component.V6).ToArray();
        _hosts = [.. Enumerable.Range(0, component.Hosts).Select(i => Begin(world.TakeOwnHost(prefixes), random))];
    }

    public override void FoldDay()
    {
        foreach (ref var host in _hosts.AsSpan())
            World.Days.Fold(ref host.Day, host.Walker.Source);
    }

    public override void Finish()
    {
        foreach (ref var host in _hosts.AsSpan())
        {
            if (host.Packets == 0)
                continue;

            _ledger.Close(ref host.Walk, host.Walker);
            World.Truth.Add(new TruthEvent
            {
                Kind = "own-hosts",
                Sources = [host.Walker.Source],
                SourceCount = 1,
                TargetCount = (long)Math.Min((ulong)host.Packets, _dark.Size),
                Ports = [_port.Text],
                Start = DateTimeOffset.FromUnixTimeMilliseconds(host.FirstMillis),
                End = DateTimeOffset.FromUnixTimeMilliseconds(host.LastMillis),
                Packets = host.Packets,
                ExpectedAlert = EventCatalog.DarknetOwnHost,
            });
        }
    }

    protected override void Emit(PacketSlice slice, long from, long to)
    {
        foreach (ref var host in _hosts.AsSpan())
        {
            var moments = new Moments(from, to, Random.Poisson(_component.PacketsPerMinute / 6e7 * (to - from)));
            while (moments.Next(Random, out var time))
                Send(slice, ref host, time);
        }
    }

    private Host Begin(Address address, SeededRandom random) => new()
    {
        Walker = new Walker(address, _port, _dark.Step(random), Overlaps: true),
        Walk = new Walk { Next = random.Below(_dark.Size) },
        Style = ProbeStyle.Draw(_component.Tool, random),
    };

    private void Send(PacketSlice slice, ref Host host, long time)
    {
        if (host.Packets++ == 0)
            host.FirstMillis = time / 1000;

        host.LastMillis = time / 1000;
        World.Days.Count(ref host.Day, host.Walker.Source, _port.HasPorts ? 0 : -1, host.LastMillis);
        var packet = new Packet { Time = time, Source = host.Walker.Source };
        packet.Destination = _ledger.Advance(ref host.Walk, host.Walker, time);
        Probes.Write(slice, ref packet, _port, host.Style, Random);
    }

    private struct Host
    {
        public Walker Walker;
        public Walk Walk;
        public DayCount Day;
        public ProbeStyle Style;
        public long Packets;
        public long FirstMillis;
        public long LastMillis;
    }
}
