using System.Buffers.Binary;

namespace Kizashi.Wire.Tests.Ip;

/// <summary>Packets made by hand, layer by layer.</summary>
public static class Packets
{
    public const uint Source = 0xC0000201;
    public const uint Destination = 0xC6336407;

    public static readonly UInt128 Source6 = UInt128.Parse("20010db8000000000000000000000001", System.Globalization.NumberStyles.HexNumber, null);
    public static readonly UInt128 Destination6 = Source6 + 0x1234;

    public static byte[] Ipv4(byte protocol, byte[] payload, byte[]? options = null, ushort fragment = 0, int? total = null)
    {
        options ??= [];
        var packet = new byte[20 + options.Length + payload.Length];
        packet[0] = (byte)(0x40 | ((20 + options.Length) / 4));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)(total ?? packet.Length));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), 54321);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), fragment);
        packet[8] = 61;
        packet[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(12), Source);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(16), Destination);
        options.CopyTo(packet, 20);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum(packet.AsSpan(0, 20 + options.Length)));
        payload.CopyTo(packet, 20 + options.Length);
        return packet;
    }

    public static byte[] Ipv6(byte next, byte[] payload, int? length = null)
    {
        var packet = new byte[40 + payload.Length];
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)(length ?? payload.Length));
        packet[6] = next;
        packet[7] = 62;
        BinaryPrimitives.WriteUInt128BigEndian(packet.AsSpan(8), Source6);
        BinaryPrimitives.WriteUInt128BigEndian(packet.AsSpan(24), Destination6);
        payload.CopyTo(packet, 40);
        return packet;
    }

    public static byte[] Tcp(byte flags = 2, byte[]? options = null, int? headerBytes = null, byte[]? payload = null, ushort port = 23)
    {
        options ??= [];
        var length = headerBytes ?? (20 + options.Length);
        return
        [
            0xD8, 0xE4, (byte)(port >> 8), (byte)port, 0xC6, 0x33, 0x64, 0x07, 0, 0, 0, 0, (byte)(length / 4 << 4), flags,
            0x18, 0x3C, 0, 0, 0, 0, .. options, .. payload ?? [],
        ];
    }

    public static byte[] Udp(byte[] payload, ushort port = 53, int? length = null)
    {
        var announced = length ?? (8 + payload.Length);
        return [0x30, 0x39, (byte)(port >> 8), (byte)port, (byte)(announced >> 8), (byte)announced, 0, 0, .. payload];
    }

    public static byte[] Icmp(byte type, byte code, byte[]? content = null) => [type, code, 0, 0, 0, 0, 0, 0, .. content ?? []];

    public static byte[] Sctp() => [0x0B, 0x59, 0x0B, 0x5A, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 20, .. new byte[16]];

    public static byte[] Ethernet(ushort type, byte[] payload, params ushort[] tags)
    {
        var frame = new List<byte>([2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2]);
        foreach (var tag in tags)
            frame.AddRange([(byte)(tag >> 8), (byte)tag, 0, 5]);

        return [.. frame, (byte)(type >> 8), (byte)type, .. payload];
    }

    /// <summary>A label stack whose last entry has the bottom bit.</summary>
    public static byte[] Mpls(int labels, byte[] payload)
    {
        var stack = new List<byte>();
        for (var i = 1; i <= labels; i++)
            stack.AddRange([0, 1, (byte)(i == labels ? 0x11 : 0x10), 64]);

        return [.. stack, .. payload];
    }

    public static byte[] Gre(ushort type, byte[] payload, ushort flags = 0)
    {
        var optional = new byte[4 * int.PopCount(flags & 0xB000)];
        return [(byte)(flags >> 8), (byte)flags, (byte)(type >> 8), (byte)type, .. optional, .. payload];
    }

    public static byte[] Vxlan(byte[] ethernet) => [8, 0, 0, 0, 0, 0, 42, 0, .. ethernet];

    private static ushort Checksum(ReadOnlySpan<byte> header)
    {
        uint sum = 0;
        for (var i = 0; i < header.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(header[i..]);

        return (ushort)~((sum & 0xFFFF) + (sum >> 16));
    }
}
