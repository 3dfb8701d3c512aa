using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation.Traffic;

/// <summary>A botnet that grows by the SI curve; each infected host looks for more at the same rate.</summary>
internal sealed class OutbreakGenerator : TrafficGenerator
{
    private const double MicrosPerHour = 3.6e9;

    private readonly Outbreak _component;
    private readonly BotPopulation _bots;
    private readonly PortName[] _ports;
    private readonly OutbreakWatch[] _watches;

    public OutbreakGenerator(SimulatedWorld world, Outbreak component, SeededRandom random)
        : base(world, world.TimesOf(component), random)
    {
        _component = component;
        _ports = [.. component.Ports.Select(port => PortName.Parse(port).In(component.V6))];
        var kind = new BotKind("outbreak", component.Tool, _ports, component.V6) { Window = (ushort?)component.Window };
        _bots = new BotPopulation(world, kind, component.Population, random);
        _watches = [.. world.Sensors.Select(sensor => new OutbreakWatch(sensor.Name, component))];
    }

    public override void FoldDay() => _bots.FoldDay();

    public override void Finish()
    {
        _bots.Finish();
        foreach (var watch in _watches)
            watch.Tell(World.Truth);
    }

    protected override void Emit(PacketSlice slice, long from, long to)
    {
        var middle = from + ((to - from) / 2);
        var infected = _component.InfectedAfter((middle - From) / MicrosPerHour);
        var expected = infected * _component.PacketsPerSecond * _bots.DarkShare * (to - from) / 1e6;
        var moments = new Moments(from, to, Random.Poisson(expected));
        // Hosts fall in the order of their numbers.
        var hosts = Math.Clamp((int)Math.Round(infected), 1, _component.Population);
        while (moments.Next(Random, out var time))
            Send(slice, Random.Below(hosts), time);
    }

    private void Send(PacketSlice slice, int bot, long time)
    {
        var (source, destination) = _bots.Send(slice, bot, Random.Below(_ports.Length), time);
        _watches[World.SensorOf(destination)].Count(bot, source, World.Recorded(time));
    }
}
