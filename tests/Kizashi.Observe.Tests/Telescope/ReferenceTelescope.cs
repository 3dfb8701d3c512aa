using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>What a telescope must find, written for clearness: every packet by itself, rules as in the documents, grouping by the library.</summary>
internal sealed class ReferenceTelescope(PrefixSet dark)
{
    private readonly List<FlowRow> _flows = [];
    private readonly List<VictimRow> _victims = [];

    public IReadOnlyList<FlowRow> Flows =>
        [.. _flows.GroupBy(row => row.Key).Select(FlowRow.Merge).OrderBy(row => row.ToString(), StringComparer.Ordinal)];

    public IReadOnlyList<VictimRow> Victims =>
        [.. _victims.GroupBy(row => (row.Slot, row.Victim, row.Protocol)).Select(VictimRow.Merge)
            .OrderBy(row => row.ToString(), StringComparer.Ordinal)];

    // Frames are Ethernet with IPv4 or IPv6 without options, as FrameBuilder makes.
    public void Add(long timeMicros, byte[] frame)
    {
        var packet = ReferencePacket.Read(frame.AsSpan(14));
        if (!dark.Contains(packet.Destination))
            return;

        var slot = (uint)(timeMicros / 10_000_000 * 10);
        var millis = (int)(timeMicros / 1000 % 10_000);
        var syn = packet.IsTcp && (packet.Flags & 0b10111) == 0b00010;
        var key = new FlowKey(
            slot, packet.Source, packet.Destination, packet.SourcePort, packet.DestinationPort, packet.Protocol, packet.Ttl, packet.Flags,
            packet.Length, syn ? packet.TcpHeaderLength : (ushort)0, syn ? packet.Window : (ushort)0, Marks(packet, syn));
        _flows.Add(new FlowRow(key, 1, millis, millis));
        AddVictim(packet, slot, millis);
    }

    private static PacketMarks Marks(ReferencePacket packet, bool syn)
    {
        var marks = PacketMarks.None;
        void Set(bool holds, PacketMarks mark) => marks |= holds ? mark : PacketMarks.None;
        var v4 = packet.Source.IsV4;
        var probe = syn || (v4 && packet.Protocol == 17) || (v4 && packet is { Protocol: 1, SourcePort: 8, IsLaterFragment: false });
        Set(v4 && probe && packet.Id == 54321, PacketMarks.ZMap);
        Set(v4 && syn && packet.Id == (ushort)(packet.Destination.V4 ^ packet.DestinationPort ^ packet.Sequence), PacketMarks.Masscan);
        Set(v4 && syn && packet.Sequence == packet.Destination.V4, PacketMarks.Mirai);
        Set(syn && packet is { TcpHeaderLength: 20, Window: 1024, Ttl: >= 200 }, PacketMarks.LargeScale);
        Set(syn && packet is { TcpHeaderLength: 20, Window: 14600 }, PacketMarks.Hajime);
        Set(syn && packet.TcpHeaderLength == 24 && packet.Window is 1024 or 2048 or 3072 or 4096 && packet.HasMss1460, PacketMarks.Nmap);
        Set(Reason(packet) != BackscatterReason.None, PacketMarks.Backscatter);
        Set(packet.IsFragment, PacketMarks.Fragment);
        Set(IsSpoofed(packet, marks), PacketMarks.Spoofed);
        return marks;
    }

    private static bool IsSpoofed(ReferencePacket packet, PacketMarks marks)
    {
        var icmp = packet.Protocol is 1 or 58;
        byte[] honest = [2, 16, 4, 1, 3, 18, 17, 24, 25, 20];
        return (packet.Source.IsV4 && packet.Source.V4 % 256 is 0 or 255)
            || packet.Source == packet.Destination
            || packet.IsReserved
            || packet.IsLaterFragment
            || !(icmp || packet.Protocol is 6 or 17 or 41)
            || (packet.IsTcp && !honest.Contains((byte)(packet.Flags & 63)))
            || (packet.Protocol is 6 or 17 && (packet.SourcePort == 0 || packet.DestinationPort == 0))
            || packet is { Protocol: 17, DestinationPort: 80 }
            || (!icmp && packet.Ttl >= 200 && (marks & (PacketMarks.Masscan | PacketMarks.LargeScale)) == 0);
    }

    private static BackscatterReason Reason(ReferencePacket packet)
    {
        if (packet.IsLaterFragment)
            return BackscatterReason.None;

        if (packet.IsTcp)
        {
            return ((packet.Flags & 18) == 18 ? BackscatterReason.SynAck : 0) | ((packet.Flags & 4) == 4 ? BackscatterReason.Rst : 0);
        }

        return (packet.Protocol, packet.SourcePort) switch
        {
            (1, 0 or 14 or 16 or 18) when packet.Source.IsV4 => BackscatterReason.IcmpReply,
            (1, 3 or 4 or 5 or 11 or 12) when packet.Source.IsV4 => BackscatterReason.IcmpError,
            (58, 129) when !packet.Source.IsV4 => BackscatterReason.IcmpReply,
            (58, >= 1 and <= 4) when !packet.Source.IsV4 => BackscatterReason.IcmpError,
            _ => BackscatterReason.None,
        };
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }

    private static ulong HashOf(Address address) => address.IsV4
        ? Mix(address.V4)
        : Mix((ulong)address.Value ^ Mix((ulong)(address.Value >> 64)));

    private void AddVictim(ReferencePacket packet, uint slot, int millis)
    {
        var reason = Reason(packet);
        var (victim, protocol, port, mismatch) = (packet.Source, packet.Protocol, packet.IsTcp ? packet.SourcePort : 0, false);
        if (reason == BackscatterReason.IcmpError)
        {
            if (packet.Quoted is not { } quoted)
                return;

            (victim, protocol) = (quoted.Destination, quoted.Protocol);
            port = quoted.Protocol is 6 or 17 ? quoted.DestinationPort : 0;
            mismatch = quoted.Source != packet.Destination;
        }

        if (reason == BackscatterReason.None)
            return;

        _victims.Add(new VictimRow(
            slot, victim, protocol, reason, 1, packet.Length, mismatch ? 1u : 0, default(DistinctSketch).Add(HashOf(packet.Destination)),
            default(DistinctSketch).Add(Mix((ulong)port)), millis, millis));
    }
}
