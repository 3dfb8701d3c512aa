using System.Buffers.Binary;
using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>Builds Ethernet frames byte by byte, independently of the code under test.</summary>
internal static class FrameBuilder
{
    public static byte[] Tcp(
        Address source, Address destination, int sourcePort, int destinationPort, byte flags, uint sequence = 7, ushort window = 512,
        byte[]? options = null, byte ttl = 50, ushort id = 1)
    {
        var segment = new byte[20 + (options?.Length ?? 0)];
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)destinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), sequence);
        segment[12] = (byte)(segment.Length / 4 << 4);
        segment[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), window);
        options?.CopyTo(segment, 20);
        return Ip(source, destination, 6, segment, ttl, id);
    }

    public static byte[] Udp(Address source, Address destination, int sourcePort, int destinationPort, byte ttl = 50, ushort id = 1)
    {
        var segment = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(4), (ushort)segment.Length);
        return Ip(source, destination, 17, segment, ttl, id);
    }

    // Quoted is an Ethernet frame whose packet the error quotes, or null for a reply.
    public static byte[] Icmp(Address source, Address destination, byte type, byte code, byte[]? quoted = null, byte ttl = 50)
    {
        var packet = quoted is null ? [] : quoted.AsSpan(14);
        var segment = new byte[8 + packet.Length];
        (segment[0], segment[1]) = (type, code);
        packet.CopyTo(segment.AsSpan(8));
        return Ip(source, destination, source.IsV4 ? (byte)1 : (byte)58, segment, ttl);
    }

    // Fragment: the 16 bits of flags and fragment offset (IPv4 only).
    public static byte[] Ip(
        Address source, Address destination, byte protocol, byte[] payload, byte ttl = 50, ushort id = 1, ushort fragment = 0)
    {
        var header = source.IsV4 ? 20 : 40;
        var frame = new byte[14 + header + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), source.IsV4 ? (ushort)0x0800 : (ushort)0x86DD);
        var ip = frame.AsSpan(14);
        if (source.IsV4)
        {
            ip[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(header + payload.Length));
            BinaryPrimitives.WriteUInt16BigEndian(ip[4..], id);
            BinaryPrimitives.WriteUInt16BigEndian(ip[6..], fragment);
            (ip[8], ip[9]) = (ttl, protocol);
            BinaryPrimitives.WriteUInt32BigEndian(ip[12..], source.V4);
            BinaryPrimitives.WriteUInt32BigEndian(ip[16..], destination.V4);
        }
        else
        {
            ip[0] = 0x60;
            BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)payload.Length);
            (ip[6], ip[7]) = (protocol, ttl);
            BinaryPrimitives.WriteUInt128BigEndian(ip[8..], source.Value);
            BinaryPrimitives.WriteUInt128BigEndian(ip[24..], destination.Value);
        }

        payload.CopyTo(ip[header..]);
        return frame;
    }
}
