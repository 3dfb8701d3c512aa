using System.Buffers.Binary;

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>An old NTP server (RFC 5905, 9327): the time, the variables of mode 6, and the list of clients of mode 7 (monlist).</summary>
public sealed class NtpService(TimeProvider time) : IReflectorService
{
    private const int PacketBytes = 48;
    private const int ControlBytes = 12;
    private const int MonlistHeader = 8;
    private const int MonlistEntry = 72;
    private const int MostEntries = 6;
    private const long Since1900 = 2_208_988_800;

    public string Name => "ntp";

    public IReadOnlyList<ushort> Ports => [123];

    private static ReadOnlySpan<byte> Variables =>
        "version=\"ntpd 4.2.6p5@1.2349-o Mon Nov 14 18:25:09 UTC 2011 (1)\", processor=\"x86_64\", system=\"Linux/2.6.32\", leap=0, stratum=3, precision=-23, rootdelay=24.139, rootdisp=36.713, refid=192.0.2.9, tc=10, mintc=3, offset=0.417, frequency=-11.834, sys_jitter=0.212, clk_jitter=0.380, clk_wander=0.019\r\n"u8;

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room) => request.Length == 0 ? 0 : (request[0] & 7) switch
    {
        3 => Time(request, room),
        6 => Control(request, room),
        7 => Monlist(request, room),
        _ => 0,
    };

    private int Time(ReadOnlySpan<byte> request, Span<byte> room)
    {
        if (request.Length < PacketBytes || room.Length < PacketBytes)
            return 0;

        var answer = room[..PacketBytes];
        answer.Clear();
        answer[0] = (byte)((request[0] & 0x38) | 4);
        (answer[1], answer[2], answer[3]) = (3, request[2], 0xE9);
        BinaryPrimitives.WriteUInt32BigEndian(answer[4..], 1582);
        BinaryPrimitives.WriteUInt32BigEndian(answer[8..], 2406);
        ((ReadOnlySpan<byte>)[192, 0, 2, 9]).CopyTo(answer[12..]);
        var now = Stamp();
        BinaryPrimitives.WriteUInt64BigEndian(answer[16..], now - (371ul << 32));
        request.Slice(40, 8).CopyTo(answer[24..]);
        BinaryPrimitives.WriteUInt64BigEndian(answer[32..], now);
        BinaryPrimitives.WriteUInt64BigEndian(answer[40..], now + (1ul << 14));
        return PacketBytes;
    }

    // Reading variables of the system; other operations are not had.
    private static int Control(ReadOnlySpan<byte> request, Span<byte> room)
    {
        const int ReadVariables = 2;
        const int ReadStatus = 1;
        if (request.Length < ControlBytes || (request[1] & 0x80) != 0 || room.Length < ControlBytes)
            return 0;

        var operation = request[1] & 0x1F;
        var isKnown = operation is ReadVariables or ReadStatus;
        var data = operation == ReadVariables ? Variables[..Math.Min(Variables.Length, (room.Length - ControlBytes) & ~3)] : default;
        var answer = room[..(ControlBytes + ((data.Length + 3) & ~3))];
        answer.Clear();
        answer[0] = (byte)((request[0] & 0x38) | 6);
        answer[1] = (byte)(0x80 | (isKnown ? 0 : 0x40) | operation);
        request.Slice(2, 2).CopyTo(answer[2..]);
        BinaryPrimitives.WriteUInt16BigEndian(answer[4..], (ushort)(isKnown ? 0x0615 : 0x0300));
        request.Slice(6, 2).CopyTo(answer[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(answer[10..], (ushort)data.Length);
        data.CopyTo(answer[ControlBytes..]);
        return answer.Length;
    }

    // Up to six clients, as many as one datagram of the real list has; all of 192.0.2.0/24.
    private static int Monlist(ReadOnlySpan<byte> request, Span<byte> room)
    {
        const byte GetList = 20;
        const byte GetListOne = 42;
        if (request.Length < MonlistHeader || (request[0] & 0x80) != 0 || request[3] is not (GetList or GetListOne))
            return 0;

        var entries = Math.Min(MostEntries, (room.Length - MonlistHeader) / MonlistEntry);
        if (entries < 1)
            return 0;

        var answer = room[..(MonlistHeader + (entries * MonlistEntry))];
        answer.Clear();
        answer[0] = (byte)(0x80 | (request[0] & 0x3F));
        (answer[2], answer[3]) = (request[2], request[3]);
        BinaryPrimitives.WriteUInt16BigEndian(answer[4..], (ushort)entries);
        BinaryPrimitives.WriteUInt16BigEndian(answer[6..], MonlistEntry);
        for (var entry = 0; entry < entries; entry++)
        {
            var at = answer[(MonlistHeader + (entry * MonlistEntry))..];
            BinaryPrimitives.WriteUInt32BigEndian(at, (uint)(64 + (entry * 37)));
            BinaryPrimitives.WriteUInt32BigEndian(at[4..], (uint)(entry * 11));
            BinaryPrimitives.WriteUInt32BigEndian(at[8..], 0);
            BinaryPrimitives.WriteUInt32BigEndian(at[12..], (uint)(5 + (entry * 3)));
            ((ReadOnlySpan<byte>)[192, 0, 2, (byte)(20 + entry), 192, 0, 2, 1]).CopyTo(at[16..]);
            BinaryPrimitives.WriteUInt16BigEndian(at[28..], 123);
            (at[30], at[31]) = (3, 4);
        }

        return answer.Length;
    }

    private ulong Stamp()
    {
        var now = time.GetUtcNow() - DateTimeOffset.UnixEpoch;
        var seconds = (ulong)((now.Ticks / TimeSpan.TicksPerSecond) + Since1900);
        var fraction = (ulong)(now.Ticks % TimeSpan.TicksPerSecond);
        return (seconds << 32) | ((fraction << 32) / TimeSpan.TicksPerSecond);
    }
}
