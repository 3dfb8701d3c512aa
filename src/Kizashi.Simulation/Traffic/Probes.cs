using System.Buffers.Binary;
using System.Text;
using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Traffic;

/// <summary>Writes probes: SYNs with the tools' fingerprints, UDP questions of the usual services, ICMP echo requests.</summary>
internal static class Probes
{
    private const byte Syn = 2;
    private const ushort ZMapIpId = 54321;

    private static readonly byte[] Zeros = new byte[8];

    private static readonly Dictionary<ushort, byte[]> Payloads = new()
    {
        // A question for the TXT record version.bind.
        [53] = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7, .. "version"u8, 4, .. "bind"u8, 0, 0, 16, 0, 3],
        [123] = [0x17, 0, 3, 0x2A, 0, 0, 0, 0],
        // NetBIOS node status of "*".
        [137] =
        [
            0xA2, 0x48, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x20, .. "CKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"u8, 0, 0, 0x21, 0, 1,
        ],
        // SNMP version 2c, community "public": the system's description.
        [161] =
        [
            0x30, 0x26, 2, 1, 1, 4, 6, .. "public"u8, 0xA0, 0x19, 2, 1, 1, 2, 1, 0, 2, 1, 0,
            0x30, 0x0E, 0x30, 0x0C, 6, 8, 0x2B, 6, 1, 2, 1, 1, 1, 0, 5, 0,
        ],
        // CLDAP: the root of the directory.
        [389] =
        [
            0x30, 0x25, 2, 1, 1, 0x63, 0x20, 4, 0, 0x0A, 1, 0, 0x0A, 1, 0, 2, 1, 0, 2, 1, 0, 1, 1, 0,
            0x87, 0x0B, .. "objectClass"u8, 0x30, 0,
        ],
        [1900] = Encoding.ASCII.GetBytes("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: ssdp:all\r\n\r\n"),
        [5060] = Encoding.ASCII.GetBytes("OPTIONS sip:100@example.invalid SIP/2.0\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"),
        // Which services are there, by multicast DNS.
        [5353] =
        [
            0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
            9, .. "_services"u8, 7, .. "_dns-sd"u8, 4, .. "_udp"u8, 5, .. "local"u8, 0, 0, 12, 0, 1,
        ],
        [11211] = [0, 0, 0, 0, 0, 1, 0, 0, .. "stats\r\n"u8],
    };

    public static void Write(PacketSlice slice, ref Packet packet, PortName port, in ProbeStyle style, SeededRandom random)
    {
        var chance = random.Next();
        packet.Ttl = style.Ttl;
        packet.Protocol = port.Protocol;
        packet.DestinationPort = port.Number;
        packet.SourcePort = style.SourcePort != 0 ? style.SourcePort : (ushort)(1024 + ((chance >> 48) % 64000));
        packet.Sequence = (uint)chance;
        packet.IpId = (ushort)(chance >> 32);
        if (port.Protocol == 6)
        {
            WriteSyn(slice, ref packet, style);
            return;
        }

        if (style.Tool == ScanTool.ZMap)
            packet.IpId = ZMapIpId;

        if (port.Protocol == 17)
        {
            slice.AddUdp(packet, Payloads.GetValueOrDefault(port.Number, Zeros));
            return;
        }

        packet.SourcePort = port.Number;
        packet.DestinationPort = 0;
        slice.AddEcho(packet);
    }

    private static void WriteSyn(PacketSlice slice, ref Packet packet, in ProbeStyle style)
    {
        packet.Flags = Syn;
        packet.Window = style.Window;
        packet.Options = style.Options;
        var destination = packet.Destination.V4;
        switch (style.Tool)
        {
            case ScanTool.ZMap:
                packet.IpId = ZMapIpId;
                break;
            case ScanTool.Masscan:
                packet.IpId = (ushort)(destination ^ packet.DestinationPort ^ packet.Sequence);
                break;
            case ScanTool.Mirai:
                packet.Sequence = destination;
                break;
            case ScanTool.Unicornscan:
                packet.Unicornscan = true;
                packet.Sequence = style.Key ^ BinaryPrimitives.ReverseEndianness(destination)
                    ^ (((uint)packet.DestinationPort << 16) + packet.SourcePort);
                break;
            default:
                AvoidFingerprints(ref packet);
                break;
        }

        slice.AddTcp(packet);
    }

    // Chance would match in one of 2^15 packets, and the truth could not say which.
    private static void AvoidFingerprints(ref Packet packet)
    {
        var masscan = (ushort)(packet.Destination.V4 ^ packet.DestinationPort ^ packet.Sequence);
        while (packet.IpId == ZMapIpId || packet.IpId == masscan)
            packet.IpId++;
    }
}
