using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Kizashi.Observe.Reflectors;

/// <summary>Requests and answers of the last minute by key, in a table of fixed size.</summary>
/// <remarks>
/// A place is taken over only when it has not been asked for within a minute: what is known of somebody who goes on asking is never forgotten for a flood of
/// others. A minute begins with the first request after the last has ended.
/// </remarks>
internal sealed class ReplyCounts(int places, ulong seed)
{
    private const int Ways = 8;
    private const long Minute = 60_000;

    private readonly ReplyCount[] _places = new ReplyCount[places];

    /// <summary>Counts a request of the key; -1 when there is no place for it, else where its counts are.</summary>
    /// <param name="key">What is counted, not 0.</param>
    /// <param name="millis">Now; never goes back.</param>
    public int Ask(UInt128 key, long millis)
    {
        Span<ulong> words = [(ulong)(key >> 64), (ulong)key];
        var first = (int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(words), (long)seed) % (ulong)(_places.Length / Ways)) * Ways;
        var free = -1;
        for (var at = first; at < first + Ways; at++)
        {
            ref var place = ref _places[at];
            if (place.Key == key)
                return Count(at, millis);

            if (free < 0 && (place.Key == 0 || millis - place.Last >= Minute))
                free = at;
        }

        if (free < 0)
            return -1;

        _places[free] = new ReplyCount { Key = key, Since = millis };
        return Count(free, millis);
    }

    public ref ReplyCount At(int place) => ref _places[place];

    private int Count(int at, long millis)
    {
        ref var place = ref _places[at];
        if (millis - place.Since >= Minute)
            (place.Since, place.Requests, place.Answers) = (millis, 0, 0);

        place.Last = millis;
        place.Requests++;
        return at;
    }
}
