namespace Kizashi.Analyze.Reflections;

/// <summary>When requests to reflectors are an attack (Kraemer et al. 2015, AmpPot), and when they are told of before.</summary>
public sealed record ReflectionOptions
{
    /// <summary>Requests of one source to one service that make an attack. Default 100.</summary>
    public int MinRequests { get; init; } = 100;

    /// <summary>Seconds without a request that end it. Default 3,600.</summary>
    public int IdleSeconds { get; init; } = 3600;

    /// <summary>Requests to one service that are told of early when they come fast. Default 10.</summary>
    public int EarlyRequests { get; init; } = 10;

    /// <summary>Within so many seconds. Default 10: a request a second.</summary>
    public int EarlySeconds { get; init; } = 10;

    /// <summary>Services that who is told of early has asked at most: a scanner tries many. Default 2.</summary>
    public int EarlyServices { get; init; } = 2;

    /// <summary>Requests for each reflector asked that who is told of early has sent at least: a scanner asks each once. Default 3.</summary>
    public int EarlyEach { get; init; } = 3;

    /// <summary>Sources followed at once, over all shards, some 300 bytes each. Default 262,144; past it the longest idle that are no attack go first.</summary>
    public int MaxSources { get; init; } = 1 << 18;

    internal IReadOnlyList<string> Faults() => new OptionFaults("Reflections")
        .Range(nameof(MinRequests), MinRequests, 2, 1 << 30)
        .Range(nameof(IdleSeconds), IdleSeconds, 60, 86_400)
        .Range(nameof(EarlyRequests), EarlyRequests, 2, MinRequests)
        .Range(nameof(EarlySeconds), EarlySeconds, 1, 3600)
        .Range(nameof(EarlyServices), EarlyServices, 1, 64)
        .Range(nameof(EarlyEach), EarlyEach, 1, 1000)
        .Range(nameof(MaxSources), MaxSources, 16, 1 << 24)
        .All;
}
