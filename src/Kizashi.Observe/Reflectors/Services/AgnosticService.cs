namespace Kizashi.Observe.Reflectors.Services;

/// <summary>Answers any request on the ports it is given with as much as it may: for protocols that are abused before anybody knows them (AmpPot's agnostic mode).</summary>
public sealed class AgnosticService(IReadOnlyList<ushort> ports) : IReflectorService
{
    public string Name => "agnostic";

    public IReadOnlyList<ushort> Ports => ports;

    // The request again and again: whoever looks for something that answers with more finds it.
    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        if (request.IsEmpty)
            return 0;

        for (var at = 0; at < room.Length; at += request.Length)
            request[..Math.Min(request.Length, room.Length - at)].CopyTo(room[at..]);

        return room.Length;
    }
}
