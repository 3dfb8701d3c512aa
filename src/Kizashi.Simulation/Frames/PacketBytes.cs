using System.Buffers.Binary;
using Kizashi.Wire.Ip;

namespace Kizashi.Simulation.Frames;

/// <summary>Writes packets with right lengths and checksums (RFC 791, 8200, 9293, 768, 792, 4443).</summary>
internal static class PacketBytes
{
    private const int TcpHeader = 20;
    private const int TransportOffsetV4 = 20;
    private const int TransportOffsetV6 = 40;
    private const byte ProtocolIcmpV6 = 58;

    public static void WriteTcp(SliceBuffer slice, in Packet packet)
    {
        var options = OptionsOf(packet.Options);
        var length = TcpHeader + options.Length;
        var tcp = Begin(slice, packet, length, 6, out var sum);
        WriteTcpHeader(tcp, packet, options);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Checksum.Fold(Checksum.Add(tcp, sum)));
    }

    public static void WriteUdp(SliceBuffer slice, in Packet packet, ReadOnlySpan<byte> payload)
    {
        var udp = Begin(slice, packet, 8 + payload.Length, 17, out var sum);
        BinaryPrimitives.WriteUInt16BigEndian(udp, packet.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], packet.DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], 0);
        payload.CopyTo(udp[8..]);
        var checksum = Checksum.Fold(Checksum.Add(udp, sum));
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], checksum == 0 ? (ushort)0xFFFF : checksum);
    }

    /// <summary>An echo request or reply with eight bytes of data.</summary>
    public static void WriteEcho(SliceBuffer slice, in Packet packet)
    {
        var icmp = Begin(slice, packet, 16, 1, out var sum);
        icmp[0] = (byte)packet.SourcePort;
        icmp[1] = (byte)packet.DestinationPort;
        BinaryPrimitives.WriteUInt16BigEndian(icmp[2..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(icmp[4..], packet.Sequence);
        BinaryPrimitives.WriteUInt64BigEndian(icmp[8..], 0x6162636465666768);
        BinaryPrimitives.WriteUInt16BigEndian(icmp[2..], Checksum.Fold(Checksum.Add(icmp, sum)));
    }

    /// <summary>An ICMP error that quotes the header of the packet it is about, and the first eight bytes behind it.</summary>
    public static void WriteError(SliceBuffer slice, in Packet packet, in Packet quoted)
    {
        var quotedHeader = packet.V6 ? TransportOffsetV6 : TransportOffsetV4;
        var icmp = Begin(slice, packet, 8 + quotedHeader + 8, 1, out var sum);
        icmp.Clear();
        icmp[0] = (byte)packet.SourcePort;
        icmp[1] = (byte)packet.DestinationPort;
        var inner = icmp[8..];
        // The length a whole packet had: UDP with 20 bytes of data, TCP without.
        WriteIp(inner, quoted, quoted.Protocol, quoted.Protocol == 17 ? 28 : TcpHeader);
        var transport = inner[quotedHeader..];
        BinaryPrimitives.WriteUInt16BigEndian(transport, quoted.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(transport[2..], quoted.DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(transport[4..], quoted.Protocol == 17 ? 28u << 16 : quoted.Sequence);
        BinaryPrimitives.WriteUInt16BigEndian(icmp[2..], Checksum.Fold(Checksum.Add(icmp, sum)));
    }

    private static Span<byte> Begin(SliceBuffer slice, in Packet packet, int length, byte protocol, out ulong sum)
    {
        var v6 = packet.V6;
        var offset = v6 ? TransportOffsetV6 : TransportOffsetV4;
        var ip = slice.Add(packet.Time, offset + length, v6);
        var number = protocol == 1 && v6 ? ProtocolIcmpV6 : protocol;
        WriteIp(ip, packet, number, length);
        sum = 0;
        if (v6)
            sum = Checksum.Add(ip.Slice(8, 32), (ulong)number + (ulong)length);
        else if (protocol != 1)
            sum = Checksum.Add(ip.Slice(12, 8), (ulong)number + (ulong)length);

        return ip[offset..];
    }

    private static void WriteIp(Span<byte> ip, in Packet packet, byte protocol, int payload)
    {
        if (packet.V6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(ip, 0x60000000);
            BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)payload);
            ip[6] = protocol;
            ip[7] = packet.Ttl;
            BinaryPrimitives.WriteUInt128BigEndian(ip[8..], packet.Source.Value);
            BinaryPrimitives.WriteUInt128BigEndian(ip[24..], packet.Destination.Value);
            return;
        }

        BinaryPrimitives.WriteUInt32BigEndian(ip, 0x45000000u | (uint)(TransportOffsetV4 + payload));
        BinaryPrimitives.WriteUInt32BigEndian(ip[4..], (uint)packet.IpId << 16);
        BinaryPrimitives.WriteUInt32BigEndian(ip[8..], ((uint)packet.Ttl << 24) | ((uint)protocol << 16));
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], packet.Source.V4);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], packet.Destination.V4);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum.Fold(Checksum.Add(ip[..TransportOffsetV4], 0)));
    }

    private static void WriteTcpHeader(Span<byte> tcp, in Packet packet, ReadOnlySpan<byte> options)
    {
        BinaryPrimitives.WriteUInt32BigEndian(tcp, ((uint)packet.SourcePort << 16) | packet.DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], packet.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], packet.Acknowledgment);
        tcp[12] = (byte)(tcp.Length / 4 << 4);
        tcp[13] = packet.Flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], packet.Window);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[16..], 0);
        options.CopyTo(tcp[TcpHeader..]);
    }

    private static ReadOnlySpan<byte> OptionsOf(TcpOptionSet set) => set switch
    {
        TcpOptionSet.Mss => [2, 4, 0x05, 0xB4],
        TcpOptionSet.Linux => [2, 4, 0x05, 0xB4, 4, 2, 8, 10, 0x12, 0x34, 0x56, 0x78, 0, 0, 0, 0, 1, 3, 3, 7],
        TcpOptionSet.Windows => [2, 4, 0x05, 0xB4, 1, 3, 3, 8, 1, 1, 4, 2],
        _ => [],
    };
}
