using Kizashi.Wire.Capture;

namespace Kizashi.Bench.Telescope;

/// <summary>A capture read again and again, each time later by its length, as one long one.</summary>
internal sealed class RepeatedCapture(string path, int times, TimeSpan length) : IFrameSource
{
    private IFrameSource _inner = CaptureFile.Open(path);
    private int _round;

    public string Name => path;

    public CaptureDamage? Damage => null;

    public double? Progress => null;

    public long Dropped => 0;

    public FrameSourceStatus Read(FrameBlock block)
    {
        var status = _inner.Read(block);
        if (status == FrameSourceStatus.End && ++_round < times)
        {
            _inner.Dispose();
            _inner = CaptureFile.Open(path);
            status = _inner.Read(block);
        }

        var shift = _round * length.Ticks / TimeSpan.TicksPerMicrosecond;
        foreach (ref var time in block.TimeMicros.AsSpan(0, block.Count))
            time += shift;

        // Each round is content of its own, though the bytes are the same.
        block.StartHash ^= (ulong)_round;
        block.ContentHash ^= (ulong)_round;
        return status;
    }

    public void Dispose() => _inner.Dispose();
}
