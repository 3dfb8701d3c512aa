using System.Diagnostics.CodeAnalysis;
using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Telescope.Responder;

/// <summary>The one place that every SYN-ACK passes: at most one for a source and minute, and so many a second over all.</summary>
/// <remarks>
/// The minute is the one before the answer, not one of the clock. Seconds are counted by a bucket that holds one second's worth, so that no second
/// has more than twice the rate and no minute more than sixty-one times. Sources are remembered for five minutes, which the rate bounds to
/// 300 times its number; how many SYNs come, and from how many sources, changes nothing.
/// </remarks>
internal sealed class ResponderGate(ResponderOptions options, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly Dictionary<Address, AnsweredSource> _answered = [];
    private readonly Queue<(Address Source, AnsweredSource Entry)> _order = new();
    private double _tokens = options.PerSecond;
    private long _filled = time.GetTimestamp();

    public long HeldBySource { get; private set; }

    public long HeldByRate { get; private set; }

    /// <summary>Sources in memory.</summary>
    public int Remembered => _answered.Count;

    /// <summary>True when the source may be answered now. The answer counts from here on, sent or not.</summary>
    /// <param name="source">Who asked.</param>
    /// <param name="cookie">Sequence number of the answer.</param>
    public bool TryPass(Address source, uint cookie)
    {
        var now = time.GetTimestamp();
        Forget(now);
        if (_answered.TryGetValue(source, out var before) && time.GetElapsedTime(before.At, now) < Pause)
        {
            HeldBySource++;
            return false;
        }

        _tokens = Math.Min(options.PerSecond, _tokens + (time.GetElapsedTime(_filled, now).TotalSeconds * options.PerSecond));
        _filled = now;
        if (_tokens < 1)
        {
            HeldByRate++;
            return false;
        }

        _tokens--;
        var entry = new AnsweredSource { At = now, Acknowledged = cookie + 1 };
        _answered[source] = entry;
        _order.Enqueue((source, entry));
        return true;
    }

    public bool TryFind(Address source, [NotNullWhen(true)] out AnsweredSource? entry) => _answered.TryGetValue(source, out entry);

    private void Forget(long now)
    {
        while (_order.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Entry.At, now) >= Memory)
        {
            _order.Dequeue();
            if (_answered.TryGetValue(oldest.Source, out var entry) && ReferenceEquals(entry, oldest.Entry))
                _answered.Remove(oldest.Source);
        }
    }
}
