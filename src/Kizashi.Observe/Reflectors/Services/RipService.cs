namespace Kizashi.Observe.Reflectors.Services;

/// <summary>RIP (RFC 1058, 2453): a request for the whole table gets up to 25 routes of documentation networks.</summary>
public sealed class RipService : IReflectorService
{
    private const int HeaderBytes = 4;
    private const int EntryBytes = 20;
    private const int MostEntries = 25;

    public string Name => "rip";

    public IReadOnlyList<ushort> Ports => [520];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        // One entry of family 0 and metric 16 asks for all.
        if (request.Length < HeaderBytes + EntryBytes || request[0] != 1 || request[1] is not (1 or 2) || request[4] != 0 || request[5] != 0 || request[23] != 16)
            return 0;

        var entries = Math.Min(MostEntries, (room.Length - HeaderBytes) / EntryBytes);
        if (entries < 1)
            return 0;

        var answer = room[..(HeaderBytes + (entries * EntryBytes))];
        answer.Clear();
        (answer[0], answer[1]) = (2, request[1]);
        for (var entry = 0; entry < entries; entry++)
        {
            var at = answer[(HeaderBytes + (entry * EntryBytes))..];
            at[1] = 2;
            ((ReadOnlySpan<byte>)[198, 18, (byte)entry, 0]).CopyTo(at[4..]);
            if (request[1] == 2)
                ((ReadOnlySpan<byte>)[255, 255, 255, 0]).CopyTo(at[8..]);

            at[19] = (byte)(1 + (entry % 3));
        }

        return answer.Length;
    }
}
