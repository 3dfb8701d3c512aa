using Kizashi.Observe.Reflectors;

namespace Kizashi.Observe.Tests.Reflectors;

/// <summary>Fills all the room there is.</summary>
internal sealed class EchoService : IReflectorService
{
    public string Name => "echo";

    public IReadOnlyList<ushort> Ports => [7];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        room.Fill(1);
        return room.Length;
    }
}
