using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Kizashi.Core.Addresses;
using Kizashi.Simulation.Addressing;
using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation.Traffic;

/// <summary>Background radiation: one-packet sources, and pools of sources that each send a heavy-tailed number of packets.</summary>
/// <remarks>
/// A pool holds a fixed number of senders; each packet is from one of them, drawn uniformly, and a sender that has sent all
/// its packets makes room for a new one. So memory does not grow with time, and a sender's own packets are a Poisson process.
/// </remarks>
internal sealed class BackgroundGenerator : TrafficGenerator
{
    private const int Ahead = 8;
    private const int MostSenders = 200_000;

    // Share of the packets, and mean seconds between two packets of one sender.
    private static readonly (double Share, double Gap)[] PoolKinds = [(0.5, 1), (0.35, 30), (0.15, 240)];

    private readonly BackgroundRadiation _component;
    private readonly Ledger _ledger;
    private readonly DarkSpace _dark;
    private readonly Sender[][] _pools;
    private readonly ulong[] _steps;
    private readonly double _rate;
    private readonly ulong _singleFirst;
    private readonly ulong _singleCount;
    private readonly ulong _poolFirst;
    private readonly ulong _poolCount;
    private ulong _singles;
    private ulong _senders;

    public BackgroundGenerator(SimulatedWorld world, BackgroundRadiation component, SeededRandom random, ulong sources)
        : base(world, world.TimesOf(component), random)
    {
        _component = component;
        _dark = world.Dark(component.V6);
        _ledger = new Ledger("background", world, component.V6);
        _rate = RateOf(component, _dark);
        _singleCount = sources / 3;
        _poolCount = sources - _singleCount;
        _singleFirst = world.Sources.Take(_singleCount);
        _poolFirst = world.Sources.Take(_poolCount);
        _steps = [.. Enumerable.Range(0, 256).Select(_ => _dark.Step(random))];
        _pools = [.. PoolKinds.Select(kind => new Sender[SizeOf(kind)])];
        foreach (var pool in _pools)
        {
            for (var i = 0; i < pool.Length; i++)
                pool[i] = Draw();
        }
    }

    public static double RateOf(BackgroundRadiation component, DarkSpace dark) =>
        component.PacketsPerSecond ?? (component.V6 ? 0.5 : dark.Size / component.SecondsPerAddress);

    public override void FoldDay()
    {
        foreach (var pool in _pools)
        {
            foreach (ref var sender in pool.AsSpan())
                World.Days.Fold(ref sender.Day, sender.Walker.Source);
        }
    }

    public override void Finish()
    {
        foreach (var pool in _pools)
        {
            foreach (ref var sender in pool.AsSpan())
                Retire(ref sender);
        }

        _ledger.Finish();
    }

    protected override void Emit(PacketSlice slice, long from, long to)
    {
        var expected = _rate * World.Diurnal(from + ((to - from) / 2)) * (to - from) / 1e6;
        EmitSingles(slice, (from, to), Random.Poisson(expected * _component.SinglePacketShare));
        for (var i = 0; i < _pools.Length; i++)
        {
            var share = PoolKinds[i].Share * (1 - _component.SinglePacketShare);
            EmitPool(slice, (from, to), _pools[i], Random.Poisson(expected * share));
        }
    }

    private int SizeOf((double Share, double Gap) kind)
    {
        var rate = _rate * (1 - _component.SinglePacketShare) * kind.Share;
        return (int)Math.Clamp(Math.Round(rate * kind.Gap), 1, MostSenders);
    }

    private void EmitSingles(PacketSlice slice, (long From, long To) times, int count)
    {
        var packet = default(Packet);
        var walk = default(Walk);
        walk.Packets = 1;
        var day = default(DayCount);
        for (var i = 0; i < count; i++)
        {
            var number = _singles++;
            packet.Time = MomentIn(times.From, times.To);
            packet.Source = World.Sources.At(_singleFirst + (number % _singleCount), _component.V6);
            packet.Destination = _dark.At(Random.Below(_dark.Size));
            var port = PortMix.OfSingle(number % _singleCount, number / _singleCount).In(_component.V6);
            Probes.Write(slice, ref packet, port, ProbeStyle.Draw(ScanTool.Plain, Random), Random);
            walk.FirstMillis = walk.LastMillis = packet.Time / 1000;
            walk.Summed = false;
            _ledger.Sum(packet.Source, port, ref walk);
            World.Days.Count(ref day, packet.Source, port.HasPorts ? 0 : -1, walk.LastMillis);
            World.Days.Fold(ref day, packet.Source);
        }
    }

    private void EmitPool(PacketSlice slice, (long From, long To) times, Sender[] pool, int count)
    {
        var packet = default(Packet);
        var moments = new Moments(times.From, times.To, count);
        // Senders are scattered over more memory than caches hold, so each is asked for some packets before its turn.
        Span<int> ahead = stackalloc int[Ahead];
        for (var i = 0; i < Ahead; i++)
            ahead[i] = Prefetch(pool);

        for (var turn = 0; moments.Next(Random, out packet.Time); turn = (turn + 1) % Ahead)
        {
            ref var sender = ref pool[ahead[turn]];
            ahead[turn] = Prefetch(pool);
            packet.Source = sender.Walker.Source;
            World.Days.Count(ref sender.Day, packet.Source, sender.Walker.Port.HasPorts ? 0 : -1, packet.Time / 1000);
            packet.Destination = sender.Walks
                ? _ledger.Advance(ref sender.Walk, sender.Walker, packet.Time)
                : Repeat(ref sender, packet.Time);
            Probes.Write(slice, ref packet, sender.Walker.Port, sender.Style, Random);
            if (--sender.Left > 0)
                continue;

            Retire(ref sender);
            sender = Draw();
        }
    }

    private unsafe int Prefetch(Sender[] pool)
    {
        var index = Random.Below(pool.Length);
        if (!Sse.IsSupported)
            return index;

        // A prefetch of any address is harmless, so the array may move meanwhile.
        var address = (byte*)Unsafe.AsPointer(ref pool[index]);
        Sse.Prefetch0(address);
        Sse.Prefetch0(address + 64);
        Sse.Prefetch0(address + 128);
        return index;
    }

    private Address Repeat(ref Sender sender, long time)
    {
        ref var walk = ref sender.Walk;
        walk.LastMillis = time / 1000;
        if (walk.Packets++ == 0)
            walk.FirstMillis = walk.LastMillis;

        return _dark.At((walk.Next + (sender.Walker.Step * Random.Below((ulong)sender.Targets))) % _dark.Size);
    }

    private void Retire(ref Sender sender)
    {
        World.Days.Fold(ref sender.Day, sender.Walker.Source);
        if (sender.Walks)
            _ledger.Close(ref sender.Walk, sender.Walker);
        else if (sender.Walk.Packets > 0)
            _ledger.Sum(sender.Walker.Source, sender.Walker.Port, ref sender.Walk);
    }

    private Sender Draw()
    {
        var number = _senders++;
        var packets = 1 + Random.Pareto(_component.TailIndex, _component.MostPackets);
        var source = World.Sources.At(_poolFirst + (number % _poolCount), _component.V6);
        var step = _steps[Random.Below(_steps.Length)];
        return new Sender
        {
            Walker = new Walker(source, PortMix.Draw(Random).In(_component.V6), step),
            Walk = new Walk { Next = Random.Below(_dark.Size) },
            Style = ProbeStyle.Draw(ScanTool.Plain, Random),
            Left = packets,
            Walks = Random.Unit() < _component.WalkerShare,
            Targets = 1 + Random.Below(Math.Min(9, packets)),
        };
    }

    private struct Sender
    {
        public Walker Walker;
        public Walk Walk;
        public DayCount Day;
        public ProbeStyle Style;
        public int Left;

        /// <summary>True: over the whole darknet. False: to a few addresses again and again.</summary>
        public bool Walks;

        public int Targets;
    }
}
