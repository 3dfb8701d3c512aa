using System.Buffers.Binary;

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>TFTP (RFC 1350): the first block of any file that is read; writing is refused.</summary>
public sealed class TftpService : IReflectorService
{
    private const int Block = 512;

    public string Name => "tftp";

    public IReadOnlyList<ushort> Ports => [69];

    private static ReadOnlySpan<byte> Line => "! Last configuration change\r\nversion 12.4\r\nservice timestamps log datetime\r\nhostname gateway\r\ninterface Vlan1\r\n"u8;

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        if (request.Length < 6 || request[2..].IndexOf((byte)0) < 1)
            return 0;

        switch (BinaryPrimitives.ReadUInt16BigEndian(request))
        {
            case 1 when room.Length > 4:
                var length = Math.Min(4 + Block, room.Length);
                ((ReadOnlySpan<byte>)[0, 3, 0, 1]).CopyTo(room);
                for (var at = 4; at < length; at++)
                    room[at] = Line[(at - 4) % Line.Length];

                return length;
            case 2:
                return Reply.Whole([0, 5, 0, 2, .. "Access violation"u8, 0], room);
            default:
                return 0;
        }
    }
}
