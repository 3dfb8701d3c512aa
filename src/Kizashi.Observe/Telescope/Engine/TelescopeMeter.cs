using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>What a telescope has counted so far, over all its runs; read by anybody at any time.</summary>
internal sealed class TelescopeMeter
{
    private readonly TimeProvider _time;
    private long _packets;
    private long _bytes;
    private long _malformed;
    private long _notIp;
    private long _notDark;
    private long _late;
    private long _misdated;
    private long _dropped;
    private long _newest;
    private long _started;
    private long _packetsBefore;
    private IFrameSource? _source;

    public TelescopeMeter(TimeProvider time, TelescopeMetrics metrics)
    {
        (_time, Metrics) = (time, metrics);
        _started = time.GetTimestamp();
    }

    public TelescopeMetrics Metrics { get; }

    public void Begin(IFrameSource source)
    {
        Volatile.Write(ref _source, source);
        Volatile.Write(ref _packetsBefore, Volatile.Read(ref _packets));
        Volatile.Write(ref _started, _time.GetTimestamp());
    }

    public void Add(PacketUnit unit, WorkerTally tally)
    {
        var counts = default(SegmentCounts);
        foreach (var segment in unit.Segments)
            counts.Add(segment.Counts);

        Interlocked.Add(ref _packets, counts.Packets);
        Interlocked.Add(ref _bytes, counts.Bytes);
        Interlocked.Add(ref _malformed, counts.Malformed);
        Interlocked.Add(ref _notIp, counts.NotIp);
        Interlocked.Add(ref _notDark, counts.NotDark);
        Interlocked.Add(ref _late, counts.Late);
        Interlocked.Add(ref _misdated, counts.Misdated);
        Interlocked.Add(ref _dropped, unit.Dropped);
        if (unit.Block.Count > 0)
            Volatile.Write(ref _newest, unit.NewestAfter);

        Metrics.Counted(counts, unit.Dropped, tally.TakeStatuses());
    }

    public TelescopeProgress Snapshot()
    {
        var packets = Volatile.Read(ref _packets);
        var seconds = _time.GetElapsedTime(Volatile.Read(ref _started)).TotalSeconds;
        var newest = Volatile.Read(ref _newest);
        return new TelescopeProgress
        {
            Packets = packets,
            Bytes = Volatile.Read(ref _bytes),
            PacketsPerSecond = seconds > 0 ? (packets - Volatile.Read(ref _packetsBefore)) / seconds : 0,
            Malformed = Volatile.Read(ref _malformed),
            NotIp = Volatile.Read(ref _notIp),
            NotDark = Volatile.Read(ref _notDark),
            Late = Volatile.Read(ref _late),
            Misdated = Volatile.Read(ref _misdated),
            Dropped = Volatile.Read(ref _dropped),
            SamplesDropped = Metrics.SamplesDropped,
            LastPacket = newest == 0 ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(newest),
            Source = Volatile.Read(ref _source)?.Name ?? "",
            SourceProgress = Volatile.Read(ref _source)?.Progress,
        };
    }
}
