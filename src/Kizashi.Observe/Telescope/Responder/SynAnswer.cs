using System.Buffers.Binary;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Telescope.Responder;

/// <summary>Writes the SYN-ACK to a SYN: never longer than what it answers, and back to the neighbor that brought it.</summary>
internal static class SynAnswer
{
    /// <summary>Longest link header, IPv6 header, TCP header and one option.</summary>
    public const int MostBytes = 18 + 40 + 24;

    private const int EthernetAddresses = 12;
    private const int TcpBytes = 20;
    private const int SegmentSizeOption = 4;
    private const byte HopLimit = 64;

    /// <summary>Writes the frame and returns its length; 0 when the frame cannot be turned round.</summary>
    /// <param name="link">The link header of the SYN, empty if there is none.</param>
    /// <param name="packet">The SYN from its IP header on.</param>
    /// <param name="header">As decoded.</param>
    /// <param name="cookie">Sequence number of the answer.</param>
    /// <param name="answer">At least <see cref="MostBytes"/>.</param>
    public static int Write(
        ReadOnlySpan<byte> link, ReadOnlySpan<byte> packet, in PacketHeader header, uint cookie, Span<byte> answer)
    {
        if (!TryTurn(link, answer))
            return 0;

        var wide = (header.Traits & PacketTraits.V6) != 0;
        var ip = wide ? 40 : 20;
        var size = header.TcpHeaderLength > TcpBytes ? TcpBytes + SegmentSizeOption : TcpBytes;
        var room = answer.Slice(link.Length, ip + size);
        room.Clear();
        var asked = packet.Slice(header.TransportOffset);
        var data = Math.Max(0, header.Length - header.TransportOffset - header.TcpHeaderLength);
        WriteTcp(room[ip..], header, asked, cookie, data, wide);
        if (wide)
            WriteV6(room, packet, size);
        else
            WriteV4(room, packet, size);

        return link.Length + room.Length;
    }

    // Ethernet, VLAN tags included, and packets without a link header can be turned round; cooked captures cannot.
    private static bool TryTurn(ReadOnlySpan<byte> link, Span<byte> answer)
    {
        if (link.Length == 0)
            return true;

        const byte Group = 1;
        if (link.Length is not (14 or 18) || (link[0] & Group) != 0 || (link[6] & Group) != 0)
            return false;

        link[6..EthernetAddresses].CopyTo(answer);
        link[..6].CopyTo(answer[6..]);
        link[EthernetAddresses..].CopyTo(answer[EthernetAddresses..]);
        return true;
    }

    private static void WriteTcp(
        Span<byte> tcp, in PacketHeader header, ReadOnlySpan<byte> asked, uint cookie, int data, bool wide)
    {
        asked.Slice(2, 2).CopyTo(tcp);
        asked[..2].CopyTo(tcp[2..]);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], cookie);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], header.Sequence + 1 + (uint)data);
        tcp[12] = (byte)(tcp.Length / 4 << 4);
        tcp[13] = 0x12;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], 64_240);
        if (tcp.Length == TcpBytes)
            return;

        (tcp[20], tcp[21]) = (2, SegmentSizeOption);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[22..], (ushort)(wide ? 1_440 : 1_460));
    }

    private static void WriteV4(Span<byte> room, ReadOnlySpan<byte> packet, int size)
    {
        room[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(room[2..], (ushort)(20 + size));
        room[6] = 0x40;
        (room[8], room[9]) = (HopLimit, IpProtocol.Tcp);
        packet.Slice(16, 4).CopyTo(room[12..]);
        packet.Slice(12, 4).CopyTo(room[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(room[10..], Checksum.Fold(Checksum.Add(room[..20], 0)));
        BinaryPrimitives.WriteUInt16BigEndian(room[36..], Checksum.Fold(Checksum.Add(room[12..], IpProtocol.Tcp + (ulong)size)));
    }

    private static void WriteV6(Span<byte> room, ReadOnlySpan<byte> packet, int size)
    {
        room[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(room[4..], (ushort)size);
        (room[6], room[7]) = (IpProtocol.Tcp, HopLimit);
        packet.Slice(24, 16).CopyTo(room[8..]);
        packet.Slice(8, 16).CopyTo(room[24..]);
        BinaryPrimitives.WriteUInt16BigEndian(room[56..], Checksum.Fold(Checksum.Add(room[8..], IpProtocol.Tcp + (ulong)size)));
    }
}
