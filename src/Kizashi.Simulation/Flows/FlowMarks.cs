using Kizashi.Core.Observations;
using Kizashi.Simulation.Frames;

namespace Kizashi.Simulation.Flows;

/// <summary>The marks that a telescope puts on simulated packets: its rules, for those packets that the simulator makes.</summary>
/// <remarks>A test compares rows made so with those of the telescope, field by field.</remarks>
internal static class FlowMarks
{
    private const ushort ZMapId = 54321;
    private const byte HighTtl = 200;
    private const byte Syn = 2;

    /// <summary>Marks of a TCP packet.</summary>
    public static PacketMarks OfTcp(in Packet packet)
    {
        if (packet.Flags != Syn)
            return PacketMarks.Backscatter | Spoofed(packet, packet.Ttl >= HighTtl);

        var marks = packet.V6 ? PacketMarks.None : OfSyn4(packet);
        if (packet.Options == TcpOptionSet.None)
        {
            marks |= packet is { Window: 1024, Ttl: >= HighTtl } ? PacketMarks.LargeScale : PacketMarks.None;
            marks |= packet.Window == 14_600 ? PacketMarks.Hajime : PacketMarks.None;
        }
        else if (packet is { Options: TcpOptionSet.Mss, Window: 1024 or 2048 or 3072 or 4096 })
        {
            marks |= PacketMarks.Nmap;
        }

        var odd = packet.SourcePort == 0 || packet.DestinationPort == 0;
        var exempt = (marks & (PacketMarks.Masscan | PacketMarks.LargeScale)) != 0;
        return marks | Spoofed(packet, odd || (packet.Ttl >= HighTtl && !exempt));
    }

    /// <summary>Marks of a UDP packet.</summary>
    public static PacketMarks OfUdp(in Packet packet)
    {
        var odd = packet.SourcePort == 0 || packet.DestinationPort is 0 or 80 || packet.Ttl >= HighTtl;
        return ZMap(packet) | Spoofed(packet, odd);
    }

    /// <summary>Marks of an echo request or reply.</summary>
    public static PacketMarks OfEcho(in Packet packet)
    {
        var request = packet.SourcePort is 8 or 128;
        return (request ? packet.V6 ? PacketMarks.None : ZMap(packet) : PacketMarks.Backscatter) | Spoofed(packet, odd: false);
    }

    /// <summary>Marks of an ICMP error.</summary>
    public static PacketMarks OfError(in Packet packet) => PacketMarks.Backscatter | Spoofed(packet, odd: false);

    private static PacketMarks OfSyn4(in Packet packet)
    {
        var destination = packet.Destination.V4;
        var marks = packet.Unicornscan ? PacketMarks.Unicornscan : PacketMarks.None;
        marks |= packet.Sequence == destination ? PacketMarks.Mirai : PacketMarks.None;
        marks |= (ushort)(destination ^ packet.DestinationPort ^ packet.Sequence) == packet.IpId ? PacketMarks.Masscan : PacketMarks.None;
        return marks | ZMap(packet);
    }

    private static PacketMarks ZMap(in Packet packet) =>
        !packet.V6 && packet.IpId == ZMapId ? PacketMarks.ZMap : PacketMarks.None;

    // Simulated sources never end in .0 or .255, but own hosts may.
    private static PacketMarks Spoofed(in Packet packet, bool odd) =>
        odd || (!packet.V6 && (packet.Source.V4 & 0xFF) is 0 or 255) ? PacketMarks.Spoofed : PacketMarks.None;
}
