namespace Kizashi.Wire.Capture.Sequences;

/// <summary>How several captures are read one after the other.</summary>
public sealed record CaptureSequenceOptions
{
    public CaptureOrder Order { get; init; } = CaptureOrder.Name;

    /// <summary>Takes files as they appear in the directories, without end (false).</summary>
    public bool Follow { get; init; }

    /// <summary>A followed file is taken when it has not grown for so long (10 s)...</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>...or for so long when a file written later is beside it (1 s).</summary>
    public TimeSpan SettleWithNewer { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a read waits before it says that there is nothing yet (200 ms).</summary>
    public TimeSpan IdleWait { get; init; } = TimeSpan.FromMilliseconds(200);

    public CaptureOptions Capture { get; init; } = CaptureOptions.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
