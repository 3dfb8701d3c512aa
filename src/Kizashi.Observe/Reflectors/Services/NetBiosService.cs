namespace Kizashi.Observe.Reflectors.Services;

/// <summary>NetBIOS name service (RFC 1002): the node status of a Windows host.</summary>
public sealed class NetBiosService : IReflectorService
{
    private const int HeaderBytes = 12;
    private const int NameBytes = 34;
    private const int NodeStatus = 0x21;
    private const int StatisticsBytes = 46;

    private static readonly (string Name, byte Suffix, ushort Flags)[] Names =
    [
        ("FILESERVER01", 0x00, 0x0400), ("FILESERVER01", 0x20, 0x0400), ("WORKGROUP", 0x00, 0x8400), ("WORKGROUP", 0x1E, 0x8400),
        ("WORKGROUP", 0x1D, 0x0400), ("\u0001\u0002__MSBROWSE__\u0002", 0x01, 0x8400),
    ];

    public string Name => "netbios";

    public IReadOnlyList<ushort> Ports => [137];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        if (request.Length < HeaderBytes + NameBytes + 4 || (request[2] & 0xF8) != 0 || request[HeaderBytes] != 32
            || request[HeaderBytes + NameBytes + 1] != NodeStatus)
        {
            return 0;
        }

        var names = Math.Min(Names.Length, (room.Length - HeaderBytes - NameBytes - 11 - StatisticsBytes) / 18);
        if (names < 1)
            return 0;

        var writer = new ReplyWriter(room);
        writer.Write(request[..2]);
        writer.Write([0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
        writer.Write(request.Slice(HeaderBytes, NameBytes));
        writer.Write([0, NodeStatus, 0, 1, 0, 0, 0, 0]);
        writer.Write16(1 + (names * 18) + StatisticsBytes);
        writer.Write((byte)names);
        Span<byte> name = stackalloc byte[16];
        for (var number = 0; number < names; number++)
        {
            name.Fill((byte)' ');
            System.Text.Encoding.ASCII.GetBytes(Names[number].Name, name);
            name[15] = Names[number].Suffix;
            writer.Write(name);
            writer.Write16(Names[number].Flags);
        }

        // The unit's address, then counters that are all zero.
        Span<byte> statistics = stackalloc byte[StatisticsBytes];
        statistics.Clear();
        ((ReadOnlySpan<byte>)[0x00, 0x50, 0x56, 0x9A, 0x11, 0x42]).CopyTo(statistics);
        writer.Write(statistics);
        return writer.Length;
    }
}
