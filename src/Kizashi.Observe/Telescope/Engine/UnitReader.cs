using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Kizashi.Observe.Telescope.Sources;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Reads units from the source in order and tells each its place in time; used by one worker at a time.</summary>
internal sealed class UnitReader
{
    private readonly LookAheadSource _source;
    private readonly TelescopeOptions _options;
    private readonly SlotClock _clock;
    private readonly TimeProvider _time;
    private readonly UInt128 _liveHash;
    private readonly JumpGuard _guard;
    private long _newest = long.MinValue;
    private long _watermark;
    private long _announced;
    private long _dropped;
    private long _flushed;
    private UInt128 _content;
    private int _file;

    public UnitReader(LookAheadSource source, TelescopeOptions options, SlotClock clock, TimeProvider time)
    {
        (_source, _options, _clock, _time) = (source, options, clock, time);
        _guard = new JumpGuard(source, options.JumpBound, options.Pace == TelescopePace.Live ? time : null);
        _flushed = time.GetTimestamp();
        _dropped = source.Dropped;
        _liveHash = LiveHash(options.Sensor, time.GetUtcNow());
    }

    /// <summary>Earliest and latest time of a frame, microseconds since 1970; the first above the second without frames.</summary>
    public (long First, long Last) Span { get; private set; } = (long.MaxValue, long.MinValue);

    /// <summary>Frames the kernel dropped during the run.</summary>
    public long Dropped { get; private set; }

    /// <summary>Fills the unit; false when it is the last one.</summary>
    /// <remarks>Told to stop, it reads no more: what there is of a wire is handed on, a file's open slots are left for another run.</remarks>
    public bool Read(PacketUnit unit, bool stop)
    {
        var status = stop ? FrameSourceStatus.End : _source.Read(unit.Block);
        if (stop || status is FrameSourceStatus.Idle or FrameSourceStatus.End or FrameSourceStatus.Damaged)
            unit.Block.Count = 0;

        var more = status is FrameSourceStatus.Frames or FrameSourceStatus.Idle;
        Place(unit);
        Advance(unit, status);
        unit.EndCut = more ? (IsFlushDue() ? CutKind.Gains : CutKind.None) : CutKind.Final;
        if (stop && _options.Pace == TelescopePace.Unpaced)
            unit.EndCut = CutKind.None;

        Conclude(unit);
        return more;
    }

    private static UInt128 LiveHash(string sensor, DateTimeOffset start)
    {
        var name = Encoding.UTF8.GetBytes(sensor);
        var bytes = new byte[name.Length + sizeof(long)];
        name.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(name.Length), start.UtcTicks);
        return XxHash128.HashToUInt128(bytes);
    }

    private void Place(PacketUnit unit)
    {
        // A wire has no content to name, and a paced replay flushes by the clock: their batches are named by start and number.
        unit.IsContent = _options.Pace == TelescopePace.Unpaced;
        unit.FileEnd = null;
        if (unit.Block.Count > 0)
            BeginFile(unit);

        unit.End = unit.IsContent
            ? new CutPlace(_content, 0)
            : new CutPlace(_liveHash ^ (UInt128)(ulong)unit.Sequence, unit.Block.Count);
        var dropped = _source.Dropped;
        unit.Dropped = dropped - _dropped;
        Dropped += unit.Dropped;
        _dropped = dropped;
    }

    /// <summary>A file's slots, watermark and lateness are its own, so that its batches are the same whatever was read before it.</summary>
    private void BeginFile(PacketUnit unit)
    {
        if (unit.Block.FileNumber != _file && unit.IsContent && _newest != long.MinValue)
        {
            unit.FileEnd = new CutPlace(_content, 0);
            (_newest, _watermark) = (long.MinValue, 0);
        }

        (_file, _content) = (unit.Block.FileNumber, unit.Block.ContentHash);
    }

    private void Advance(PacketUnit unit, FrameSourceStatus status)
    {
        var (first, newest) = NewestOf(unit.Block);
        if (status == FrameSourceStatus.Idle && _options.Pace == TelescopePace.Live)
            newest = Math.Max(newest, _time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);

        if (_newest == long.MinValue && newest != long.MinValue)
        {
            _newest = first != long.MinValue ? first : newest;
            _watermark = _clock.SlotWatermark(_newest);
        }

        unit.NewestBefore = Math.Max(0, _newest);
        unit.WatermarkBefore = _watermark;
        unit.AnnouncedBefore = _announced;
        _newest = Math.Max(_newest, newest);
        unit.NewestAfter = Math.Max(0, _newest);
    }

    private void Conclude(PacketUnit unit)
    {
        _watermark = Math.Max(_watermark, _clock.SlotWatermark(unit.NewestAfter));
        if (unit.EndCut == CutKind.Gains)
            _watermark = Math.Max(_watermark, _clock.GainsWatermark(unit.NewestAfter));
        else if (unit.EndCut == CutKind.Final)
            _watermark = Math.Max(_watermark, SlotClock.Floor(unit.NewestAfter) + SlotClock.SlotMicros);

        unit.WatermarkAfter = _watermark;
        _announced = Math.Max(_announced, _watermark);
    }

    private (long First, long Newest) NewestOf(FrameBlock block)
    {
        if (block.Count == 0)
            return (long.MinValue, long.MinValue);

        var times = block.TimeMicros.AsSpan(0, block.Count);
        var (first, oldest, newest) = RangeOf(times);
        if (_guard.IsJump(_newest, newest))
        {
            _guard.Mark(block, _newest);
            if (times.Contains(JumpGuard.Misdated))
                (first, oldest, newest) = RangeOf(times.ToArray().Where(time => time != JumpGuard.Misdated).ToArray());
        }

        if (newest == long.MinValue)
            return (long.MinValue, long.MinValue);

        Span = (Math.Min(Span.First, oldest), Math.Max(Span.Last, newest));
        return (SlotClock.Clamp(first), SlotClock.Clamp(newest));
    }

    private static (long First, long Oldest, long Newest) RangeOf(ReadOnlySpan<long> times)
    {
        var (oldest, newest) = (long.MaxValue, long.MinValue);
        foreach (var time in times)
        {
            oldest = Math.Min(oldest, time);
            newest = Math.Max(newest, time);
        }

        return (times.Length > 0 ? times[0] : long.MinValue, oldest, newest);
    }

    private bool IsFlushDue()
    {
        if (_options.Pace == TelescopePace.Unpaced || _time.GetElapsedTime(_flushed) < _options.FlushInterval)
            return false;

        _flushed = _time.GetTimestamp();
        return true;
    }
}
