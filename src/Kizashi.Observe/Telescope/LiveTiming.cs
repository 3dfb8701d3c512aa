namespace Kizashi.Observe.Telescope;

/// <summary>How a wire is observed so that its alerts come in time: together these are most of the time from a packet to its alert, which must stay below two seconds.</summary>
public static class LiveTiming
{
    /// <summary>A kernel gives the packets of an interface in order, but for those of different receive queues.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Between two hand-overs of what was gained.</summary>
    public static TimeSpan Flush { get; } = TimeSpan.FromMilliseconds(500);
}
