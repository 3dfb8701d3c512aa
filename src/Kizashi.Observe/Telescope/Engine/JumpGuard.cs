using Kizashi.Observe.Telescope.Sources;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Finds frames whose time is wrong and far ahead, before they make all that follow late.</summary>
/// <remarks>
/// A frame further ahead of the newest than the bound, or the first of a file, is held against the 16 frames after it: when most of them
/// lie before its time by more than the bound, time did not go on there. A real pause is not taken back by what follows it. At the
/// end of a file the frames that are left decide, and without any the frame is believed. On a wire the clock decides.
/// </remarks>
internal sealed class JumpGuard
{
    /// <summary>Stands in place of a wrong time.</summary>
    public const long Misdated = long.MinValue;

    private const int Witnesses = 16;

    private readonly LookAheadSource _source;
    private readonly TimeProvider? _clock;
    private readonly long _bound;

    /// <param name="source">Where the frames after a block are looked at.</param>
    /// <param name="bound">How far a time may be ahead of the newest without being held against others.</param>
    /// <param name="clock">Decides instead of the frames that follow; null for files.</param>
    public JumpGuard(LookAheadSource source, TimeSpan bound, TimeProvider? clock)
    {
        (_source, _clock) = (source, clock);
        _bound = bound.Ticks / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>True when a frame of that time is to be judged.</summary>
    /// <param name="newest">The newest time so far; <see cref="long.MinValue"/> before a file's first frame.</param>
    /// <param name="time">Microseconds since 1970.</param>
    public bool IsJump(long newest, long time) => newest == long.MinValue || time > newest + _bound;

    /// <summary>Puts <see cref="Misdated"/> in the place of wrong times.</summary>
    /// <param name="block">The block read last.</param>
    /// <param name="newest">As for <see cref="IsJump"/>.</param>
    public void Mark(FrameBlock block, long newest)
    {
        var times = block.TimeMicros.AsSpan(0, block.Count);
        for (var frame = 0; frame < times.Length; frame++)
        {
            var time = SlotClock.Clamp(times[frame]);
            if (!IsJump(newest, time) || IsBelieved(block, frame, time))
                newest = Math.Max(newest, time);
            else
                times[frame] = Misdated;
        }
    }

    private bool IsBelieved(FrameBlock block, int frame, long time)
    {
        if (_clock is not null)
            return time <= (_clock.GetUtcNow().Ticks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond + _bound;

        var (seen, against) = (0, 0);
        Hear(block, frame + 1, time, ref seen, ref against);
        for (var ahead = 0; seen < Witnesses; ahead++)
        {
            if (_source.Peek(ahead) is not { } next || next.FileNumber != block.FileNumber)
                break;

            Hear(next, 0, time, ref seen, ref against);
        }

        return against * 2 <= seen;
    }

    private void Hear(FrameBlock block, int from, long time, ref int seen, ref int against)
    {
        for (var frame = from; frame < block.Count && seen < Witnesses; frame++, seen++)
            against += SlotClock.Clamp(block.TimeMicros[frame]) < time - _bound ? 1 : 0;
    }
}
