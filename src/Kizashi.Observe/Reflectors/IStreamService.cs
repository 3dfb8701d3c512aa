namespace Kizashi.Observe.Reflectors;

/// <summary>A service that answers over TCP too, each message behind its length in two bytes, as DNS does (RFC 7766).</summary>
public interface IStreamService : IReflectorService
{
    /// <summary>As <see cref="IReflectorService.Answer"/>, for somebody who is known to have asked.</summary>
    int AnswerStream(ReadOnlySpan<byte> request, Span<byte> room);
}
