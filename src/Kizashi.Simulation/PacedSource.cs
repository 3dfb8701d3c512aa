using Kizashi.Wire.Capture;

namespace Kizashi.Simulation;

/// <summary>Gives the frames of another source when they are due: at a multiple of real time, or live once it caught up with now.</summary>
public sealed class PacedSource : IFrameSource
{
    /// <summary>A read answers Idle after so long at most.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Granule = TimeSpan.FromMilliseconds(50);

    private readonly IFrameSource _inner;
    private readonly double _speed;
    private readonly bool _live;
    private readonly TimeProvider _clock;
    private readonly FrameBlock _pending = new();
    private FrameSourceStatus _status = FrameSourceStatus.Idle;
    private int _next;
    private long _originTraffic = long.MinValue;
    private long _originClock;

    /// <param name="inner">Where the frames are from; disposed with this.</param>
    /// <param name="speed">How many times real time, more than 0; infinity does not wait.</param>
    /// <param name="clock">Real time.</param>
    /// <param name="live">At real time's own pace once the traffic's time has reached the clock's.</param>
    public PacedSource(IFrameSource inner, double speed, TimeProvider clock, bool live = false)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _inner = inner;
        _speed = speed;
        _clock = clock;
        _live = live;
        Shorten(speed);
    }

    public string Name => _inner.Name;

    public CaptureDamage? Damage => _inner.Damage;

    public double? Progress => _inner.Progress;

    public long Dropped => _inner.Dropped;

    /// <summary>True once the traffic's time has reached the clock's and goes on at its pace.</summary>
    public bool IsLive { get; private set; }

    public FrameSourceStatus Read(FrameBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        block.Count = 0;
        if (_next == _pending.Count && !Refill())
            return Ended(block);

        var due = FramesDue();
        if (due == _next)
        {
            Wait();
            due = FramesDue();
        }

        if (due == _next)
            return FrameSourceStatus.Idle;

        HandOut(block, due);
        return FrameSourceStatus.Frames;
    }

    public void Dispose() => _inner.Dispose();

    private bool Refill()
    {
        if (_status is FrameSourceStatus.End or FrameSourceStatus.Damaged)
            return false;

        _pending.Count = 0;
        _next = 0;
        _status = _inner.Read(_pending);
        if (_status != FrameSourceStatus.Frames)
            return false;

        if (_originTraffic == long.MinValue)
            (_originTraffic, _originClock) = (_pending.TimeMicros[0], Now());

        return true;
    }

    private FrameSourceStatus Ended(FrameBlock block)
    {
        block.Position = _pending.Position;
        block.ContentHash = _pending.ContentHash;
        return _status;
    }

    // Traffic's time, microseconds, up to which frames are due.
    private long TrafficNow()
    {
        var now = Now();
        if (IsLive)
            return now;

        var traffic = double.IsPositiveInfinity(_speed) ? _speed : _originTraffic + ((now - _originClock) * _speed);
        if (_live && traffic >= now)
        {
            // The clock is reached; what is left of the past is given without waiting, then it is live.
            traffic = now;
            if (_pending.TimeMicros[_pending.Count - 1] > now)
            {
                IsLive = true;
                Shorten(1);
            }
        }

        return traffic < long.MaxValue ? (long)traffic : long.MaxValue;
    }

    private int FramesDue()
    {
        var until = TrafficNow();
        var last = _pending.Count - 1;
        if (_pending.TimeMicros[last] <= until)
            return _pending.Count;

        // A block that lasts no longer than a wait stays whole; a long one is given in parts.
        var span = _pending.TimeMicros[last] - _pending.TimeMicros[_next];
        if (span / Pace <= LongestWait.TotalMicroseconds)
            return _next;

        var due = _next;
        while (_pending.TimeMicros[due] <= until)
            due++;

        return due;
    }

    private double Pace => IsLive ? 1 : _speed;

    private void Wait()
    {
        var left = TimeSpan.FromMicroseconds(
            Math.Clamp((_pending.TimeMicros[_next] - TrafficNow()) / Pace, 1_000, LongestWait.TotalMicroseconds));
        Task.Delay(left, _clock).GetAwaiter().GetResult();
    }

    private void HandOut(FrameBlock block, int due)
    {
        block.Link = _pending.Link;
        block.Position = _pending.Position + _next;
        block.FileNumber = _pending.FileNumber;
        block.StartHash = _pending.StartHash;
        block.ContentHash = _pending.ContentHash;
        if (block.Data.Length < _pending.Data.Length)
            block.Data = GC.AllocateUninitializedArray<byte>(_pending.Data.Length, pinned: true);

        var used = 0;
        for (; _next < due; _next++)
        {
            var frame = _pending.Frame(_next);
            var index = block.Add();
            frame.CopyTo(block.Data.AsSpan(used));
            block.Offset[index] = used;
            block.CapturedLength[index] = frame.Length;
            block.WireLength[index] = _pending.WireLength[_next];
            block.TimeMicros[index] = _pending.TimeMicros[_next];
            used += frame.Length;
        }
    }

    private void Shorten(double pace)
    {
        if (_inner is SimulationSource simulation)
        {
            var span = Math.Min(Granule.TotalMicroseconds * pace, TimeSpan.FromMinutes(1).TotalMicroseconds);
            simulation.BlockSpan = TimeSpan.FromMicroseconds(span);
        }
    }

    private long Now() => SimulatedWorld.Micros(_clock.GetUtcNow());
}
