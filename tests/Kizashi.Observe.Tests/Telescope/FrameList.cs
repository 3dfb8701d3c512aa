using System.IO.Hashing;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>A source of frames given one by one, so many a block; may pause between blocks as a wire does.</summary>
internal sealed class FrameList(IReadOnlyList<(long TimeMicros, byte[] Frame)> frames, int framesPerBlock = 100) : IFrameSource
{
    private readonly XxHash128 _hash = new();
    private int _next;

    public string Name => "list";

    public CaptureDamage? Damage => null;

    public double? Progress => (double)_next / Math.Max(1, frames.Count);

    public long Dropped { get; set; }

    /// <summary>Called before each read; answers Idle for true.</summary>
    public Func<int, bool>? IsIdle { get; init; }

    /// <summary>Answers Idle at the end as a wire does, until told to end.</summary>
    public Func<bool>? StaysOpen { get; init; }

    public FrameSourceStatus Read(FrameBlock block)
    {
        (block.Count, block.Position, block.Link) = (0, _next, LinkType.Ethernet);
        if (IsIdle?.Invoke(_next) == true)
            return FrameSourceStatus.Idle;

        if (_next == frames.Count)
            return StaysOpen?.Invoke() == true ? FrameSourceStatus.Idle : FrameSourceStatus.End;

        block.StartHash = _hash.GetCurrentHashAsUInt128();
        var filled = 0;
        for (; _next < frames.Count && block.Count < framesPerBlock; _next++)
        {
            var (time, frame) = frames[_next];
            frame.CopyTo(block.Data, filled);
            var index = block.Add();
            (block.Offset[index], block.CapturedLength[index], block.WireLength[index]) = (filled, frame.Length, frame.Length);
            block.TimeMicros[index] = time;
            filled += frame.Length;
            _hash.Append(frame);
            _hash.Append(BitConverter.GetBytes(time));
        }

        block.ContentHash = _hash.GetCurrentHashAsUInt128();
        return FrameSourceStatus.Frames;
    }

    public void Dispose()
    {
    }
}
