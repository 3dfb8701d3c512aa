using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Traffic;

/// <summary>A population of bots that scans tcp/23 and tcp/2323; bots differ in rate by a lognormal law.</summary>
internal sealed class MiraiGenerator : TrafficGenerator
{
    private readonly MiraiScanning _component;
    private readonly BotPopulation _bots;
    private readonly AliasTable _choice;
    private readonly double _rate;

    public MiraiGenerator(SimulatedWorld world, MiraiScanning component, SeededRandom random)
        : base(world, world.TimesOf(component), random)
    {
        _component = component;
        PortName[] ports = [PortName.Parse("tcp/23"), PortName.Parse("tcp/2323")];
        _bots = new BotPopulation(world, new BotKind("mirai", ScanTool.Mirai, ports, component.V6), component.Bots, random);
        var weights = new double[component.Bots];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = Math.Exp((component.Spread * random.Normal()) - (component.Spread * component.Spread / 2));

        _choice = new AliasTable(weights);
        _rate = weights.Sum() * component.PacketsPerSecond * _bots.DarkShare;
    }

    public override void FoldDay() => _bots.FoldDay();

    public override void Finish() => _bots.Finish();

    protected override void Emit(PacketSlice slice, long from, long to)
    {
        var expected = _rate * World.Diurnal(from + ((to - from) / 2)) * (to - from) / 1e6;
        var moments = new Moments(from, to, Random.Poisson(expected));
        while (moments.Next(Random, out var time))
            _bots.Send(slice, _choice.Draw(Random), Random.Below(10) == 0 ? 1 : 0, time);
    }
}
