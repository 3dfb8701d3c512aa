using System.ComponentModel.DataAnnotations;

namespace Kizashi.Observe.Reflectors;

/// <summary>What may leave a reflector. The defaults make it look worth abusing and useless to abuse.</summary>
public sealed record ReplyLimits
{
    /// <summary>Largest answer, bytes of payload, 64..1,472. Default 1,472: one datagram of Ethernet.</summary>
    [Range(64, 1472)]
    public int MostBytes { get; init; } = 1472;

    /// <summary>Largest answer in times the request, IP and UDP headers of both counted, 1..100. Default 10.</summary>
    [Range(1, 100)]
    public int MostFactor { get; init; } = 10;

    /// <summary>Answers a claimed source gets in a minute, 0..10. Default 3.</summary>
    [Range(0, 10)]
    public int SourcePerMinute { get; init; } = 3;

    /// <summary>Requests of a claimed source in a minute after which it gets nothing, 1..100. Default 10.</summary>
    [Range(1, 100)]
    public int SilentAfter { get; init; } = 10;

    /// <summary>Answers a /24 or /48 gets in a minute, 0..100. Default 12.</summary>
    [Range(0, 100)]
    public int PrefixPerMinute { get; init; } = 12;

    /// <summary>The same once so many requests claim to come from it within a minute that it is under attack, 0..3. Default 3.</summary>
    [Range(0, 3)]
    public int AttackedPerMinute { get; init; } = 3;

    /// <summary>Requests of a /24 or /48 in a minute from which on it counts as attacked, 1..1,000. Default 30.</summary>
    [Range(1, 1000)]
    public int AttackedFrom { get; init; } = 30;

    /// <summary>Bytes of payload a second over all, 1,000..10,000,000. Default 64,000, half a megabit.</summary>
    [Range(1_000, 10_000_000)]
    public int BytesPerSecond { get; init; } = 64_000;
}
