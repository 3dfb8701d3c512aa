using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>A source of several lists of frames, one file each.</summary>
internal sealed class FrameFiles(params IReadOnlyList<FrameList> files) : IFrameSource
{
    private int _number;

    public string Name => "files";

    public CaptureDamage? Damage => null;

    public double? Progress => null;

    public long Dropped => 0;

    public FrameSourceStatus Read(FrameBlock block)
    {
        for (; _number < files.Count; _number++)
        {
            var status = files[_number].Read(block);
            block.FileNumber = _number;
            if (status != FrameSourceStatus.End)
                return status;
        }

        return FrameSourceStatus.End;
    }

    public void Dispose()
    {
    }
}
