using System.Buffers.Binary;

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>STUN (RFC 5389): a binding request gets a success with software and an address; the mapped one is of documentation, since the service does not know its client.</summary>
public sealed class StunService : IReflectorService
{
    private const int HeaderBytes = 20;
    private const uint Cookie = 0x2112A442;

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
        writer.Write16(isNew ? 0x0020 : 0x0001);
        writer.Write16(8);
        writer.Write([0, 1]);
        writer.Write16(isNew ? 40_000 ^ (int)(Cookie >> 16) : 40_000);
        writer.Write32(isNew ? 0xC0000201 ^ Cookie : 0xC0000201);
        writer.Write16(0x8022);
        writer.Write16(20);
        writer.Write("Coturn-4.5.1.1 'dan'"u8);
        writer.Patch16(2, writer.Length - HeaderBytes);
        return writer.Length;
    }
}
