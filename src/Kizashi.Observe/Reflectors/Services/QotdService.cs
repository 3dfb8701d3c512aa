namespace Kizashi.Observe.Reflectors.Services;

/// <summary>Quote of the day (RFC 865): any datagram gets a line.</summary>
public sealed class QotdService : IReflectorService
{
    public string Name => "qotd";

    public IReadOnlyList<ushort> Ports => [17];

    private static ReadOnlySpan<byte> Quote =>
        "\"We have nothing to fear but fear itself, and even that is a good deal less dangerous than the man who is not afraid.\" Anonymous\r\n"u8;

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room) => Reply.Cut(Quote, room);
}
