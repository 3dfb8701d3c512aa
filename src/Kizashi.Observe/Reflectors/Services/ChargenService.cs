namespace Kizashi.Observe.Reflectors.Services;

/// <summary>Character generator (RFC 864): any datagram gets up to 512 characters of the rotating pattern.</summary>
public sealed class ChargenService : IReflectorService
{
    private const int Line = 72;
    private const int MostBytes = 512;
    private const int Printable = 95;

    public string Name => "chargen";

    public IReadOnlyList<ushort> Ports => [19];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        var length = Math.Min(MostBytes, room.Length);
        for (var at = 0; at < length; at++)
        {
            var (row, column) = (at / (Line + 2), at % (Line + 2));
            room[at] = column < Line ? (byte)(' ' + ((row + column) % Printable)) : column == Line ? (byte)'\r' : (byte)'\n';
        }

        return length;
    }
}
