namespace Kizashi.Observe.Reflectors.Services;

/// <summary>Apple Remote Desktop's network assistant: the five bytes of its query get a page of 1,006 bytes, as Macs send it.</summary>
public sealed class ArdService : IReflectorService
{
    private const int PageBytes = 1006;

    public string Name => "ard";

    public IReadOnlyList<ushort> Ports => [3283];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        if (request.Length < 5 || request[0] != 0 || request[1] != 0x14 || room.Length < 128)
            return 0;

        var answer = room[..Math.Min(PageBytes, room.Length)];
        answer.Clear();
        ((ReadOnlySpan<byte>)[0, 1, (byte)((answer.Length - 4) >> 8), (byte)(answer.Length - 4), 0, 1, 0, 0, 0x10, 0xDD, 0xB1, 0xA7, 0x23, 0x41]).CopyTo(answer);
        "studio-imac"u8.CopyTo(answer[18..]);
        "Marie"u8.CopyTo(answer[82..]);
        return answer.Length;
    }
}
