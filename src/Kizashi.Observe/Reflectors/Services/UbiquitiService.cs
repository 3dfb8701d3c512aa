namespace Kizashi.Observe.Reflectors.Services;

/// <summary>Ubiquiti's device discovery, version 1: addresses, names, firmware and model.</summary>
public sealed class UbiquitiService : IReflectorService
{
    public string Name => "ubiquiti";

    public IReadOnlyList<ushort> Ports => [10001];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        if (request.Length < 4 || request[0] != 1 || request[1] != 0)
            return 0;

        var writer = new ReplyWriter(room);
        writer.Write([1, 0, 0, 0]);
        Field(ref writer, 2, [0x80, 0x2A, 0xA8, 0x12, 0x34, 0x56, 192, 0, 2, 20]);
        Field(ref writer, 1, [0x80, 0x2A, 0xA8, 0x12, 0x34, 0x56]);
        Field(ref writer, 10, [0, 0x12, 0x34, 0x56]);
        Field(ref writer, 11, "AirGrid M5"u8);
        Field(ref writer, 12, "AG5-HP"u8);
        Field(ref writer, 3, "XM.ar7240.v5.6.3.28591.151130.1749"u8);
        Field(ref writer, 13, "link-north"u8);
        Field(ref writer, 20, "AirGrid M5 HP"u8);
        writer.Patch16(2, writer.Length - 4);
        return writer.Length;
    }

    private static void Field(ref ReplyWriter writer, byte kind, scoped ReadOnlySpan<byte> value)
    {
        writer.Write(kind);
        writer.Write16(value.Length);
        writer.Write(value);
    }
}
