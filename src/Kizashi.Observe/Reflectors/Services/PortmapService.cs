using System.Buffers.Binary;

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>The port mapper of Sun RPC (RFC 1833, 5531): NULL, GETPORT or GETADDR, and DUMP of versions 2 to 4.</summary>
public sealed class PortmapService : IReflectorService
{
    private const int CallBytes = 40;
    private const uint Program = 100_000;
    private const uint Tcp = 6;
    private const uint Udp = 17;

    private static readonly (uint Program, uint Version, uint Protocol, uint Port)[] Registered =
    [
        (100_000, 4, 6, 111), (100_000, 3, 6, 111), (100_000, 2, 6, 111), (100_000, 4, 17, 111), (100_000, 3, 17, 111), (100_000, 2, 17, 111),
        (100_024, 1, 17, 54_321), (100_024, 1, 6, 39_114), (100_003, 3, 6, 2049), (100_003, 4, 6, 2049), (100_005, 1, 17, 20_048), (100_005, 3, 6, 20_048),
    ];

    public string Name => "portmap";

    public IReadOnlyList<ushort> Ports => [111];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        // A call (0) of RPC version 2 to the port mapper, version 2, without credentials.
        if (request.Length < CallBytes || Word(request, 4) != 0 || Word(request, 8) != 2 || Word(request, 12) != Program)
            return 0;

        var writer = new ReplyWriter(room);
        writer.Write(request[..4]);
        writer.Write32(1);
        writer.Write32(0);
        writer.Write32(0);
        writer.Write32(0);
        var asked = Word(request, 16);
        if (asked is < 2 or > 4)
        {
            writer.Write32(2);
            writer.Write32(2);
            writer.Write32(4);
            return writer.Length;
        }

        writer.Write32(0);
        switch (Word(request, 20))
        {
            case 3 when request.Length >= CallBytes + 16:
                Find(ref writer, request[CallBytes..], isFirst: asked == 2);
                break;
            case 4:
                Dump(ref writer, isFirst: asked == 2);
                break;
        }

        return writer.Length;
    }

    private static void Find(ref ReplyWriter writer, ReadOnlySpan<byte> arguments, bool isFirst)
    {
        // Version 2 names the protocol by number, later ones by a network such as udp or udp6.
        var program = Word(arguments, 0);
        var isUdp = isFirst ? Word(arguments, 8) == Udp : arguments.Length > 12 && arguments[12] == (byte)'u';
        var port = Array.Find(Registered, item => item.Program == program && item.Protocol == (isUdp ? Udp : Tcp)).Port;
        if (isFirst)
            writer.Write32(port);
        else
            WriteText(ref writer, port == 0 ? "" : Universal(port));
    }

    private static void Dump(ref ReplyWriter writer, bool isFirst)
    {
        const int First = 20;
        const int Later = 60;
        foreach (var (program, version, protocol, port) in Registered)
        {
            if (writer.Left < (isFirst ? First : Later) + 4)
                break;

            writer.Write32(1);
            writer.Write32(program);
            writer.Write32(version);
            if (isFirst)
            {
                writer.Write32(protocol);
                writer.Write32(port);
                continue;
            }

            WriteText(ref writer, protocol == Udp ? "udp" : "tcp");
            WriteText(ref writer, Universal(port));
            WriteText(ref writer, "superuser");
        }

        writer.Write32(0);
    }

    // RFC 5665: the port's bytes are two more numbers.
    private static string Universal(uint port) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"0.0.0.0.{port >> 8}.{port & 255}");

    private static void WriteText(ref ReplyWriter writer, string text)
    {
        Span<byte> bytes = stackalloc byte[32];
        bytes.Clear();
        writer.Write32((uint)text.Length);
        writer.Write(bytes[..(System.Text.Encoding.ASCII.GetBytes(text, bytes) + 3 & ~3)]);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
