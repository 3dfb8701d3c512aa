namespace Kizashi.Observe.Reflectors.Services;

/// <summary>Puts a ready answer into the room there is.</summary>
internal static class Reply
{
    /// <summary>As much of it as fits, for protocols without a structure.</summary>
    public static int Cut(ReadOnlySpan<byte> answer, Span<byte> room)
    {
        var length = Math.Min(answer.Length, room.Length);
        answer[..length].CopyTo(room);
        return length;
    }

    /// <summary>All of it or nothing, for protocols that a cut would break.</summary>
    public static int Whole(ReadOnlySpan<byte> answer, Span<byte> room) => answer.Length <= room.Length ? Cut(answer, room) : 0;
}
