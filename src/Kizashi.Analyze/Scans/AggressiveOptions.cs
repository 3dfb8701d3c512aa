namespace Kizashi.Analyze.Scans;

/// <summary>What counts as an aggressive scanner (Anand et al., arXiv 2305.07193), judged per UTC day.</summary>
public sealed record AggressiveOptions
{
    /// <summary>D1: share of the dark IPv4 addresses one event reaches at least, 0..1. Default 0.1.</summary>
    public double Coverage { get; init; } = 0.1;

    /// <summary>
    /// D2, D3: share of the day's sources that is the top, 0..1, rounded up to whole sources. Default 0.0001.
    /// </summary>
    public double Top { get; init; } = 0.0001;

    /// <summary>D2, D3: sources a day must have before it has a top. Default 10,000.</summary>
    public int MinSources { get; init; } = 10_000;

    /// <summary>
    /// Sources of one day counted exactly, over all shards and per address family; 48 bytes each. Default 8 Mi.
    /// </summary>
    public int MaxSources { get; init; } = 8 << 20;

    /// <summary>Bytes the exact sets of ports may take, over all shards. Default 128 MiB.</summary>
    public long MaxPortBytes { get; init; } = 128L << 20;

    internal IReadOnlyList<string> Faults() => new OptionFaults("Aggressive")
        .Range(nameof(Coverage), Coverage, 0.0001, 1)
        .Range(nameof(Top), Top, 0.000001, 1)
        .Range(nameof(MinSources), MinSources, 1, int.MaxValue)
        .Range(nameof(MaxSources), MaxSources, 1024, 1 << 28)
        .Range(nameof(MaxPortBytes), MaxPortBytes, 1 << 16, 1L << 40)
        .All;
}
