using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope.Recording;

/// <summary>A source whose frames are also recorded on their way.</summary>
/// <param name="inner">Disposed of with this.</param>
/// <param name="recorder">Not disposed of: one recorder may serve several sources.</param>
public sealed class RecordingSource(IFrameSource inner, CaptureRecorder recorder) : IFrameSource
{
    public string Name => inner.Name;

    public CaptureDamage? Damage => inner.Damage;

    public double? Progress => inner.Progress;

    public long Dropped => inner.Dropped;

    public FrameSourceStatus Read(FrameBlock block)
    {
        var status = inner.Read(block);
        if (status == FrameSourceStatus.Frames)
            recorder.Record(block);

        return status;
    }

    public void Dispose() => inner.Dispose();
}
