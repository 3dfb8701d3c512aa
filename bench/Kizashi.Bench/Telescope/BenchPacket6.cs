using System.Buffers.Binary;

namespace Kizashi.Bench.Telescope;

/// <summary>A minimum-size IPv6 packet: a bare TCP SYN of 60 bytes, one in ten a SYN-ACK, to one of 65,536 addresses.</summary>
internal static class BenchPacket6
{
    public const string Dark = "2001:db8:da00::/48";

    public const int Bytes = 60;

    /// <param name="ip">Cleared; from the IPv6 header on.</param>
    /// <param name="hash">Of the tuple: decides destination, ports and kind.</param>
    /// <param name="source">Of the source: its interface identifier.</param>
    public static void Write(Span<byte> ip, ulong hash, ulong source)
    {
        ip[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], 20);
        (ip[6], ip[7]) = (6, 60);
        BinaryPrimitives.WriteUInt64BigEndian(ip[8..], 0x2001_0DB8_0001_0000);
        BinaryPrimitives.WriteUInt64BigEndian(ip[16..], source);
        BinaryPrimitives.WriteUInt64BigEndian(ip[24..], 0x2001_0DB8_DA00_0000);
        BinaryPrimitives.WriteUInt64BigEndian(ip[32..], hash & 0xFFFF);
        var segment = ip[40..];
        ReadOnlySpan<ushort> ports = [22, 23, 80, 443, 8080, 3389, 5060, 8443];
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)(hash >> 32 | 1024));
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], ports[(int)(hash >> 48 & 7)]);
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], (uint)(hash >> 16));
        (segment[12], segment[13]) = (0x50, (hash >> 20) % 10 == 0 ? (byte)18 : (byte)2);
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], 1024);
    }
}
