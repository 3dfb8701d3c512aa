using System.Buffers.Binary;

namespace Kizashi.Bench.Telescope;

/// <summary>Writes captures of minimum-size Ethernet frames: scanners, misconfiguration and backscatter sent to a dark /16.</summary>
/// <remarks>
/// Each tuple has a source of its own until there are so many; packets of a slot come in an order in which a tuple's next packet is a whole
/// round of all other tuples away, the hardest for caches. Everything follows from the numbers given, nothing is random.
/// </remarks>
internal static class BenchCapture
{
    public const string Dark = "198.18.0.0/16";

    private const uint DarkBase = (198u << 24) | (18u << 16);
    private const int FrameBytes = 60;
    private const int FrameBytes6 = 14 + BenchPacket6.Bytes;
    private const uint Start = 1_700_000_000;

    /// <summary>Writes the capture unless it is there.</summary>
    /// <param name="path">Of the pcap file.</param>
    /// <param name="packets">In all.</param>
    /// <param name="packetsPerTuple">1 or more.</param>
    /// <param name="seconds">Packet time they are spread over, a multiple of 10.</param>
    /// <param name="sources">Distinct sources at most.</param>
    /// <param name="v6">IPv6 in place of IPv4, to <see cref="BenchPacket6.Dark"/>.</param>
    public static void Write(string path, long packets, int packetsPerTuple, int seconds, long sources, bool v6 = false)
    {
        if (File.Exists(path))
            return;

        var slots = seconds / 10;
        var tuplesPerSlot = packets / slots / packetsPerTuple;
        var stride = Coprime(tuplesPerSlot);
        using var file = new FileStream(path + ".part", FileMode.Create, FileAccess.Write, FileShare.None, 0);
        var recordBytes = 16 + (v6 ? FrameBytes6 : FrameBytes);
        var buffer = new byte[recordBytes * 16_384];
        WriteFileHeader(file);
        var filled = 0;
        for (var slot = 0; slot < slots; slot++)
        {
            for (var packet = 0L; packet < tuplesPerSlot * packetsPerTuple; packet++)
            {
                var tuple = (slot * tuplesPerSlot) + (packet % tuplesPerSlot * stride % tuplesPerSlot);
                var micros = packet * 10_000_000 / (tuplesPerSlot * packetsPerTuple);
                WriteRecord(buffer.AsSpan(filled, recordBytes), (slot * 10_000_000L) + micros, tuple, sources, v6);
                filled += recordBytes;
                if (filled < buffer.Length)
                    continue;

                file.Write(buffer);
                filled = 0;
            }
        }

        file.Write(buffer, 0, filled);
        file.Dispose();
        File.Move(path + ".part", path);
    }

    private static long Coprime(long count)
    {
        for (var stride = (count * 618 / 1000) | 1; ; stride += 2)
        {
            if (Gcd(stride, count) == 1)
                return stride;
        }
    }

    private static long Gcd(long left, long right) => right == 0 ? left : Gcd(right, left % right);

    private static void WriteFileHeader(FileStream file)
    {
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 65535);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        file.Write(header);
    }

    private static void WriteRecord(Span<byte> record, long micros, long tuple, long sources, bool v6)
    {
        record.Clear();
        var frame = record[16..];
        BinaryPrimitives.WriteUInt32LittleEndian(record, Start + (uint)(micros / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(micros % 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], (uint)frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], (uint)frame.Length);
        if (v6)
        {
            (frame[12], frame[13]) = (0x86, 0xDD);
            BenchPacket6.Write(frame[14..], Mix((ulong)tuple), Mix((ulong)(tuple % sources)));
            return;
        }

        frame[12] = 8;
        WritePacket(frame[14..], (ulong)tuple, SourceOf((ulong)(tuple % sources)));
    }

    // An odd multiplier maps numbers to distinct 32-bit addresses; the highest bit keeps clear of reserved blocks at the top.
    private static uint SourceOf(ulong number) => (uint)(number * 2_654_435_761) & 0x7FFFFFFF | 0x01000000;

    private static void WritePacket(Span<byte> ip, ulong tuple, uint source)
    {
        var hash = Mix(tuple);
        var destination = DarkBase | (uint)(hash & 0xFFFF);
        var (kind, sourcePort, sequence) = ((int)(hash >> 16) % 100, (ushort)(hash >> 32 | 1024), (uint)(hash >> 20));
        kind = Math.Abs(kind);
        ReadOnlySpan<ushort> ports = [23, 2323, 80, 443, 22, 8080, 445, 3389, 5555, 7547, 37215, 52869, 6379, 81, 8443, 5060];
        var port = kind < 90 ? ports[(int)(hash >> 48 & 15)] : (ushort)(hash >> 48);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], 40);
        ip[8] = (byte)(kind is >= 35 and < 70 ? 240 : 40 + (int)(hash >> 40 & 15));
        ip[9] = 6;
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)(hash >> 24));
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], source);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], destination);
        var segment = ip[20..];
        BinaryPrimitives.WriteUInt16BigEndian(segment, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], port);
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], kind < 35 ? destination : sequence);
        (segment[12], segment[13]) = (0x50, 2);
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], kind < 35 ? (ushort)(hash >> 50) : (ushort)1024);
        Shape(ip, kind, destination, port, sequence);
    }

    private static void Shape(Span<byte> ip, int kind, uint destination, ushort port, uint sequence)
    {
        switch (kind)
        {
            case >= 35 and < 55:
                BinaryPrimitives.WriteUInt16BigEndian(ip[4..], 54321);
                break;
            case >= 55 and < 70:
                BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)(destination ^ port ^ sequence));
                break;
            case >= 80 and < 88:
                ip[9] = 17;
                BinaryPrimitives.WriteUInt16BigEndian(ip[2..], 46);
                BinaryPrimitives.WriteUInt32BigEndian(ip[24..], 26u << 16);
                break;
            case >= 88 and < 96:
                ip[33] = kind < 94 ? (byte)18 : (byte)20;
                BinaryPrimitives.WriteUInt16BigEndian(ip[20..], 80);
                break;
            case >= 96:
                ip[9] = 1;
                BinaryPrimitives.WriteUInt16BigEndian(ip[20..], 0x0800);
                break;
            default:
                break;
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }
}
