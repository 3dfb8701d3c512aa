namespace Kizashi.Wire.Capture;

/// <summary>How a capture is read.</summary>
public sealed record CaptureOptions
{
    /// <summary>Bytes of the largest frame taken; a bigger one announced means that the file is damaged (256 KiB, as libpcap).</summary>
    public const int MaximumFrameBytes = 256 * 1024;

    public static CaptureOptions Default { get; } = new();

    /// <summary>
    /// A pipe that has brought nothing new for so long (1 s) has what it has brought so far given as a block, however small; a source of a
    /// pipe also answers that there is nothing yet. Null waits for whole blocks in any case. Files are not concerned.
    /// </summary>
    public TimeSpan? Patience { get; init; } = TimeSpan.FromSeconds(1);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
