namespace Kizashi.Wire.Capture;

/// <summary>Something that gives frames: a capture file, an interface, the simulator. Used by one thread at a time.</summary>
public interface IFrameSource : IDisposable
{
    /// <summary>For people: file name or interface.</summary>
    string Name { get; }

    /// <summary>Empties the block and fills it with the next frames.</summary>
    FrameSourceStatus Read(FrameBlock block);

    /// <summary>Set once <see cref="Read"/> has answered <see cref="FrameSourceStatus.Damaged"/>.</summary>
    CaptureDamage? Damage { get; }

    /// <summary>0..1 if the length is known, else null.</summary>
    double? Progress { get; }

    /// <summary>Frames the kernel dropped so far; 0 for files.</summary>
    long Dropped { get; }
}
