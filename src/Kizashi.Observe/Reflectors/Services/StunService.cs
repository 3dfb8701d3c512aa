using System.Buffers.Binary;

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>STUN (RFC 5389): a binding request gets a success with software and an address; the mapped one is of documentation, since the service does not know its client.</summary>
public sealed class StunService : IReflectorService
{
    private const int HeaderBytes = 20;
    private const uint Cookie = 0x2112A442;
    private const int MappedAddress = 0x0001;
    private const int XorMapped = 0x0020;
    private const int Port = 40_000;
    private const uint Mapped = 0xC0000201;

    public string Name => "stun";

    public IReadOnlyList<ushort> Ports => [3478];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        if (request.Length < HeaderBytes || BinaryPrimitives.ReadUInt16BigEndian(request) != 1)
            return 0;

        var isNew = BinaryPrimitives.ReadUInt32BigEndian(request[4..]) == Cookie;
        var writer = new ReplyWriter(room);
        writer.Write16(0x0101);
        writer.Write16(0);
        writer.Write(request.Slice(4, 16));
        if (isNew)
            WriteAddress(ref writer, XorMapped, Port ^ (int)(Cookie >> 16), Mapped ^ Cookie);

        // Coturn gives the older one too; clients of RFC 3489 know no other.
        WriteAddress(ref writer, MappedAddress, Port, Mapped);
        writer.Write16(0x8022);
        writer.Write16(20);
        writer.Write("Coturn-4.5.1.1 'dan'"u8);
        writer.Patch16(2, writer.Length - HeaderBytes);
        return writer.Length;
    }

    private static void WriteAddress(ref ReplyWriter writer, int attribute, int port, uint address)
    {
        writer.Write16(attribute);
        writer.Write16(8);
        writer.Write([0, 1]);
        writer.Write16(port);
        writer.Write32(address);
    }
}
