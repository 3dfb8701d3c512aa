using System.Globalization;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Simulation.Addressing;
using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation.Traffic;

/// <summary>The darknet's share of what one attacked host answers to forged sources.</summary>
internal sealed class DosGenerator : TrafficGenerator
{
    private const int MostFollowed = 65_536;
    private const int MostPorts = 16;

    private readonly DosBackscatter _component;
    private readonly DarkSpace _dark;
    private readonly Address _victim;
    private readonly Address _router;
    private readonly byte _ttl;
    private readonly HashSet<ulong> _targets = [];
    private readonly SortedSet<ushort> _ports = [];
    private VictimVector _vector;
    private int _sent;

    public DosGenerator(SimulatedWorld world, DosBackscatter component, SeededRandom random)
        : base(world, world.TimesOf(component), random)
    {
        _component = component;
        _dark = world.Dark(component.V6);
        var number = world.Sources.Take(2);
        _victim = world.Sources.At(number, component.V6);
        _router = world.Sources.At(number + 1, component.V6);
        _ttl = (byte)(64 - random.Below(20));
    }

    /// <summary>Answers are no scans and rank nowhere.</summary>
    public override void FoldDay()
    {
    }

    public override void Finish()
    {
        if (_vector.Packets == 0)
            return;

        var protocol = _component.Answer switch
        {
            AttackAnswer.UdpUnreachable => "udp",
            AttackAnswer.EchoReply => "icmp",
            _ => "tcp",
        };
        World.Truth.Add(new TruthEvent
        {
            Kind = "dos",
            Sources = [_victim],
            SourceCount = 1,
            Targets = [.. _targets.Take(TruthEvent.MostListed).Select(_dark.At)],
            TargetCount = _targets.Count < MostFollowed ? _targets.Count : null,
            Ports = [.. _ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"{protocol}/{port}"))],
            Start = DateTimeOffset.FromUnixTimeMilliseconds(_vector.FirstMillis),
            End = DateTimeOffset.FromUnixTimeMilliseconds(_vector.LastMillis),
            Packets = _vector.Packets,
            ExpectedAlert = _vector.IsAttack ? EventCatalog.DarknetDosVictim : null,
        });
        _vector = default;
        _targets.Clear();
        _ports.Clear();
    }

    protected override void Emit(PacketSlice slice, long from, long to)
    {
        if (_component.Packets is { } packets)
        {
            for (; _sent < packets && MomentOf(_sent, packets) < to; _sent++)
            {
                if (MomentOf(_sent, packets) >= from)
                    Send(slice, MomentOf(_sent, packets));
            }

            return;
        }

        var moments = new Moments(from, to, Random.Poisson(_component.PacketsPerMinute / 6e7 * (to - from)));
        while (moments.Next(Random, out var time))
            Send(slice, time);
    }

    // Evenly, the first packet at the start and the last at the end, so that duration and rate are exact.
    private long MomentOf(int index, int packets) =>
        From + (packets == 1 ? 0 : (long)((Int128)(To - 1 - From) * index / (packets - 1)));

    private void Send(PacketSlice slice, long time)
    {
        var millis = time / 1000;
        if (_vector.IsOverAt(millis))
            Finish();

        _vector.Count(millis);
        var number = Random.Below(_dark.Size);
        if (_targets.Count < MostFollowed)
            _targets.Add(number);

        var port = _component.Port != 0 ? (ushort)_component.Port : (ushort)(1 + Random.Below(65_535));
        if (_component.Answer == AttackAnswer.EchoReply)
            port = 0;

        if (_ports.Count < MostPorts)
            _ports.Add(port);

        Write(slice, time, _dark.At(number), port);
    }

    private void Write(PacketSlice slice, long time, Address dark, ushort port)
    {
        var chance = Random.Next();
        var forged = (ushort)(1024 + (chance % 64_000));
        var packet = new Packet
        {
            Time = time,
            Source = _victim,
            Destination = dark,
            Protocol = 6,
            Ttl = _ttl,
            SourcePort = port,
            DestinationPort = forged,
            Sequence = (uint)(chance >> 16),
            Acknowledgment = (uint)(chance >> 32),
            Window = 64240,
        };
        var quoted = packet with { Source = dark, Destination = _victim, SourcePort = forged, DestinationPort = port, Ttl = 1 };
        switch (_component.Answer)
        {
            case AttackAnswer.SynAck:
                packet.Flags = 0x12;
                packet.Options = TcpOptionSet.Mss;
                slice.AddTcp(packet);
                break;
            case AttackAnswer.Rst:
                packet.Flags = 0x14;
                packet.Window = 0;
                slice.AddTcp(packet);
                break;
            case AttackAnswer.EchoReply:
                (packet.SourcePort, packet.DestinationPort) = (packet.V6 ? (ushort)129 : (ushort)0, 0);
                slice.AddEcho(packet);
                break;
            case AttackAnswer.UdpUnreachable:
                quoted.Protocol = 17;
                (packet.SourcePort, packet.DestinationPort) = packet.V6 ? ((ushort)1, (ushort)4) : ((ushort)3, (ushort)3);
                slice.AddError(packet, quoted);
                break;
            default:
                packet.Source = _router;
                (packet.SourcePort, packet.DestinationPort) = (packet.V6 ? (ushort)3 : (ushort)11, 0);
                slice.AddError(packet, quoted);
                break;
        }
    }
}
