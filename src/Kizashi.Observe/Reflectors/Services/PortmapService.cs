using System.Buffers.Binary;

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>The port mapper of Sun RPC (RFC 1833, 5531): NULL, GETPORT and DUMP of version 2.</summary>
public sealed class PortmapService : IReflectorService
{
    private const int CallBytes = 40;
    private const uint Program = 100_000;

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
        if (Word(request, 16) is < 2 or > 4)
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
                var (program, protocol) = (Word(request, CallBytes), Word(request, CallBytes + 8));
                writer.Write32(Array.Find(Registered, item => item.Program == program && item.Protocol == protocol).Port);
                break;
            case 4:
                foreach (var (program4, version, protocol4, port) in Registered)
                {
                    if (writer.Left < 20 + 4)
                        break;

                    writer.Write32(1);
                    writer.Write32(program4);
                    writer.Write32(version);
                    writer.Write32(protocol4);
                    writer.Write32(port);
                }

                writer.Write32(0);
                break;
        }

        return writer.Length;
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
