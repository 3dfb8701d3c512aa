namespace Kizashi.Wire.Capture;

/// <summary>What a read gave.</summary>
public enum FrameSourceStatus
{
    /// <summary>At least one frame.</summary>
    Frames,

    /// <summary>Nothing yet, come again: a quiet wire after its read time-out (at most 200 ms).</summary>
    Idle,

    /// <summary>No more frames will come.</summary>
    End,

    /// <summary>As <see cref="End"/>, because the file is damaged from here on. Frames before the damage were all given.</summary>
    Damaged,
}
