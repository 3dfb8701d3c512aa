using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope.Sources;

/// <summary>A source whose first blocks were read ahead; it gives them again before it reads on.</summary>
internal sealed class LookAheadSource : IFrameSource
{
    private readonly IFrameSource _inner;
    private readonly Queue<FrameBlock> _ahead = [];
    private FrameSourceStatus? _end;

    public LookAheadSource(IFrameSource inner)
    {
        _inner = inner;
    }

    public string Name => _inner.Name;

    public CaptureDamage? Damage => _ahead.Count == 0 ? _inner.Damage : null;

    public double? Progress => _inner.Progress;

    public long Dropped => _inner.Dropped;

    /// <summary>Reads one block ahead; null when there is none, with the status that says why.</summary>
    public (FrameBlock? Block, FrameSourceStatus Status) ReadAhead()
    {
        var block = new FrameBlock();
        var status = _end ?? _inner.Read(block);
        if (status is FrameSourceStatus.End or FrameSourceStatus.Damaged)
            _end = status;

        if (status != FrameSourceStatus.Frames)
            return (null, status);

        _ahead.Enqueue(block);
        return (block, status);
    }

    /// <summary>The block that comes so many after the next one, read ahead if need be; null when none is there (yet).</summary>
    public FrameBlock? Peek(int index) => index < _ahead.Count ? _ahead.ElementAt(index) : ReadAhead().Block;

    public FrameSourceStatus Read(FrameBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (_ahead.TryDequeue(out var ahead))
        {
            Copy(ahead, block);
            return FrameSourceStatus.Frames;
        }

        block.Count = 0;
        return _end ?? _inner.Read(block);
    }

    public void Dispose() => _inner.Dispose();

    private static void Copy(FrameBlock from, FrameBlock to)
    {
        to.Data = from.Data;
        (to.Link, to.Position, to.FileNumber) = (from.Link, from.Position, from.FileNumber);
        (to.StartHash, to.ContentHash) = (from.StartHash, from.ContentHash);
        to.Count = 0;
        to.EnsureCapacity(from.Count);
        to.Count = from.Count;
        from.Offset.AsSpan(0, from.Count).CopyTo(to.Offset);
        from.CapturedLength.AsSpan(0, from.Count).CopyTo(to.CapturedLength);
        from.WireLength.AsSpan(0, from.Count).CopyTo(to.WireLength);
        from.TimeMicros.AsSpan(0, from.Count).CopyTo(to.TimeMicros);
    }
}
