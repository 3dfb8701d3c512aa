using Kizashi.Core.Addresses;
using Kizashi.Simulation.Addressing;
using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation.Traffic;

/// <summary>Bots of one kind, each with its own way over the darknet on every port.</summary>
internal sealed class BotPopulation
{
    private readonly BotKind _kind;
    private readonly Ledger _ledger;
    private readonly DarkSpace _dark;
    private readonly SourceSpace _sources;
    private readonly SeededRandom _random;
    private readonly ulong _first;
    private readonly ulong[] _steps;
    private readonly ProbeStyle[] _styles;
    private readonly Walk[] _walks;
    private readonly DayCount[] _days;
    private readonly DayLedger _dayLedger;
    private readonly int _ports;

    public BotPopulation(SimulatedWorld world, BotKind kind, int bots, SeededRandom random)
    {
        _kind = kind;
        _random = random;
        _dark = world.Dark(kind.V6);
        _sources = world.Sources;
        _ledger = new Ledger(kind.Name, world, kind.V6);
        _first = world.Sources.Take((ulong)bots);
        _ports = kind.Ports.Count;
        _steps = [.. Enumerable.Range(0, 256).Select(_ => _dark.Step(random))];
        _styles = [.. Enumerable.Range(0, 256).Select(_ => kind.DrawStyle(random))];
        _walks = new Walk[bots * _ports];
        _days = new DayCount[bots];
        _dayLedger = world.Days;
        foreach (ref var walk in _walks.AsSpan())
            walk.Next = random.Below(_dark.Size);

        DarkShare = kind.V6 ? 1 : _dark.Size / 4294967296.0;
    }

    /// <summary>Share of what a bot sends that reaches the darknet; for IPv6, where nobody scans all of it, rates are those seen here.</summary>
    public double DarkShare { get; }

    /// <returns>Who sent where.</returns>
    public (Address Source, Address Destination) Send(PacketSlice slice, int bot, int port, long time)
    {
        var walks = _walks.AsSpan(bot * _ports, _ports);
        ref var walk = ref walks[port];
        foreach (ref readonly var other in walks)
            walk.Summed |= other.Summed;

        var walker = WalkerOf(bot, port);
        _dayLedger.Count(ref _days[bot], walker.Source, walker.Port.HasPorts ? port : -1, time / 1000);
        var packet = new Packet { Time = time, Source = walker.Source };
        packet.Destination = _ledger.Advance(ref walk, walker, time);
        Probes.Write(slice, ref packet, walker.Port, StyleOf(bot), _random);
        return (packet.Source, packet.Destination);
    }

    public void FoldDay()
    {
        for (var bot = 0; bot < _days.Length; bot++)
        {
            if (_days[bot].Packets > 0)
                _dayLedger.Fold(ref _days[bot], _sources.At(_first + (ulong)bot, _kind.V6));
        }
    }

    public void Finish()
    {
        for (var bot = 0; bot < _walks.Length / _ports; bot++)
        {
            var walks = _walks.AsSpan(bot * _ports, _ports);
            var summed = false;
            foreach (ref readonly var walk in walks)
                summed |= walk.Summed;

            for (var port = 0; port < _ports; port++)
            {
                walks[port].Summed |= summed;
                _ledger.Close(ref walks[port], WalkerOf(bot, port));
                summed |= walks[port].Summed;
            }
        }

        _ledger.Finish();
    }

    // Mirai draws its window once, when it starts: each bot has its own.
    private ProbeStyle StyleOf(int bot)
    {
        var style = _styles[HashOf(bot) >> 8 & 255];
        return _kind.Tool == ScanTool.Mirai && _kind.Window is null
            ? style with { Window = (ushort)SeededRandom.Mix((ulong)bot + _first) }
            : style;
    }

    private static int HashOf(int bot) => (int)(SeededRandom.Mix((ulong)bot) & 0xFFFF);

    private Walker WalkerOf(int bot, int port) =>
        new(_sources.At(_first + (ulong)bot, _kind.V6), _kind.Ports[port], _steps[HashOf(bot) & 255]);
}
