using Kizashi.Core.Observations;
using Kizashi.Simulation.Frames;

namespace Kizashi.Simulation.Flows;

/// <summary>A slice whose packets become rows of FlowTuples and Backscatter at once, without ever being bytes.</summary>
/// <param name="world">Time and sensors.</param>
/// <param name="outlets">Where the rows of each sensor go.</param>
internal sealed class FlowSlice(SimulatedWorld world, SensorOutlet[] outlets) : PacketSlice
{
    private const ushort HeaderV4 = 20;
    private const ushort HeaderV6 = 40;
    private const ushort TcpHeader = 20;
    private const ushort EchoLength = 16;
    private const byte SynAck = 0x12;
    private const byte Rst = 0x04;
    private const byte Syn = 0x02;
    private const byte IcmpV6 = 58;

    public override void AddTcp(in Packet packet)
    {
        var header = (ushort)(TcpHeader + OptionsLength(packet.Options));
        var marks = FlowMarks.OfTcp(packet);
        var syn = packet.Flags == Syn;
        var row = Row(packet, 6, header, marks) with
        {
            Flags = packet.Flags,
            SynLength = syn ? header : (ushort)0,
            SynWindow = syn ? packet.Window : (ushort)0,
        };
        var outlet = Add(packet, row);
        if ((marks & PacketMarks.Backscatter) == 0)
            return;

        var reason = (packet.Flags & Rst) != 0 ? BackscatterReason.Rst : BackscatterReason.None;
        reason |= (packet.Flags & SynAck) == SynAck ? BackscatterReason.SynAck : BackscatterReason.None;
        outlet?.AddBackscatter(row, new FlowAnswer(packet.Source, 6, packet.SourcePort, reason));
    }

    public override void AddUdp(in Packet packet, ReadOnlySpan<byte> payload) =>
        Add(packet, Row(packet, 17, (ushort)(8 + payload.Length), FlowMarks.OfUdp(packet)));

    public override void AddEcho(in Packet packet)
    {
        var row = Row(packet, Icmp(packet), EchoLength, FlowMarks.OfEcho(packet));
        var outlet = Add(packet, row);
        if ((row.Marks & PacketMarks.Backscatter) != 0)
            outlet?.AddBackscatter(row, new FlowAnswer(packet.Source, row.Protocol, 0, BackscatterReason.IcmpReply));
    }

    public override void AddError(in Packet packet, in Packet quoted)
    {
        var length = (ushort)(8 + (packet.V6 ? HeaderV6 : HeaderV4) + 8);
        var row = Row(packet, Icmp(packet), length, FlowMarks.OfError(packet));
        Add(packet, row)?.AddBackscatter(
            row, new FlowAnswer(quoted.Destination, quoted.Protocol, quoted.DestinationPort, BackscatterReason.IcmpError));
    }

    private static byte Icmp(in Packet packet) => packet.V6 ? IcmpV6 : (byte)1;

    private static int OptionsLength(TcpOptionSet options) => options switch
    {
        TcpOptionSet.Mss => 4,
        TcpOptionSet.Linux => 20,
        TcpOptionSet.Windows => 12,
        _ => 0,
    };

    private FlowRow Row(in Packet packet, byte protocol, ushort payload, PacketMarks marks) => new()
    {
        Source = packet.Source,
        Destination = packet.Destination,
        SourcePort = packet.SourcePort,
        DestinationPort = packet.DestinationPort,
        Protocol = protocol,
        Ttl = packet.Ttl,
        Length = (ushort)(payload + (packet.V6 ? HeaderV6 : HeaderV4)),
        Marks = marks,
        Millis = world.Recorded(packet.Time) / 1000,
        Packets = (uint)world.CopiesAt(packet.Time),
    };

    // Null when the packet came too late to be aggregated.
    private SensorOutlet? Add(in Packet packet, in FlowRow row)
    {
        Count++;
        var outlet = outlets[world.SensorOf(packet.Destination)];
        return outlet.Add(row) ? outlet : null;
    }
}
