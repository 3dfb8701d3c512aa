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

    /// <summary>Seconds within which requests in the names of several addresses of a network are seen together. Default 300.</summary>
    public int NetworkSeconds { get; init; } = 300;

    /// <summary>Addresses of a network that make an attack on it, at least. Default 5.</summary>
    public int NetworkMembers { get; init; } = 5;

    /// <summary>Bits of an IPv4 network that is looked at as one. Default 24.</summary>
    public int NetworkLength4 { get; init; } = 24;

    /// <summary>Bits of an IPv6 network that is looked at as one. Default 48.</summary>
    public int NetworkLength6 { get; init; } = 48;

    /// <summary>Sources of a few requests known at once, over all shards, 150 bytes each. Default 131,072; past it the longest idle go, and only how many requests they sent is remembered.</summary>
    public int MaxSources { get; init; } = 1 << 17;

    /// <summary>Sources of more requests followed at once, over all shards, some 700 bytes each. Default 65,536; past it the longest idle that are no attack go first.</summary>
    public int MaxFollowed { get; init; } = 1 << 16;

    /// <summary>Networks in whose names a service has had more than a few requests followed at once, over all shards, up to 30,000 bytes each, usually 5,000. Default 8,192; past it the longest idle go, which does not touch networks known to be attacked.</summary>
    public int MaxNetworks { get; init; } = 1 << 13;

    internal IReadOnlyList<string> Faults() => new OptionFaults("Reflections")
        .Range(nameof(MinRequests), MinRequests, 2, 1 << 30)
        .Range(nameof(IdleSeconds), IdleSeconds, 60, 86_400)
        .Range(nameof(EarlyRequests), EarlyRequests, 2, MinRequests)
        .Range(nameof(EarlySeconds), EarlySeconds, 1, 3600)
        .Range(nameof(EarlyServices), EarlyServices, 1, 64)
        .Range(nameof(EarlyEach), EarlyEach, 1, 1000)
        .Range(nameof(NetworkSeconds), NetworkSeconds, 10, 3600)
        .Range(nameof(NetworkMembers), NetworkMembers, 2, 256)
        .Range(nameof(NetworkLength4), NetworkLength4, 16, 31)
        .Range(nameof(NetworkLength6), NetworkLength6, 32, 112)
        .Range(nameof(MaxSources), MaxSources, 16, 1 << 24)
        .Range(nameof(MaxFollowed), MaxFollowed, 16, 1 << 24)
        .Range(nameof(MaxNetworks), MaxNetworks, 16, 1 << 24)
        .All;
}
