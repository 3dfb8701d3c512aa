namespace Kizashi.Observe.Reflectors;

/// <summary>Answers one abused UDP protocol as a vulnerable server does. Keeps nothing of a request.</summary>
public interface IReflectorService
{
    /// <summary>Lower case, such as dns.</summary>
    string Name { get; }

    /// <summary>Where it is abused; at least one.</summary>
    IReadOnlyList<ushort> Ports { get; }

    /// <summary>Writes the answer and returns its length; 0 for none. Any bytes are taken.</summary>
    /// <param name="request">The datagram's payload.</param>
    /// <param name="room">What the answer may fill; it is made smaller to fit, as the protocol allows, or left out.</param>
    int Answer(ReadOnlySpan<byte> request, Span<byte> room);
}
