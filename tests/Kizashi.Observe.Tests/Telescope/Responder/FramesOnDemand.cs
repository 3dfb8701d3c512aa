using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Tests.Telescope.Responder;

/// <summary>Gives in one block what the test has put in.</summary>
internal sealed class FramesOnDemand : IFrameSource
{
    public List<byte[]> Next { get; } = [];

    public string Name => "demand";

    public CaptureDamage? Damage => null;

    public double? Progress => null;

    public long Dropped => 0;

    public FrameSourceStatus Read(FrameBlock block)
    {
        (block.Count, block.Link) = (0, LinkType.Ethernet);
        var filled = 0;
        foreach (var frame in Next)
        {
            frame.CopyTo(block.Data, filled);
            var index = block.Add();
            (block.Offset[index], block.CapturedLength[index], block.WireLength[index]) = (filled, frame.Length, frame.Length);
            block.TimeMicros[index] = 1_700_000_000_000_000 + index;
            filled += frame.Length;
        }

        Next.Clear();
        return block.Count > 0 ? FrameSourceStatus.Frames : FrameSourceStatus.Idle;
    }

    public void Dispose()
    {
    }
}
