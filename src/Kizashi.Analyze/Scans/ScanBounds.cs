namespace Kizashi.Analyze.Scans;

/// <summary>What one shard may keep: its share of the options' bounds.</summary>
internal sealed record ScanBounds(int Events, long DestinationBytes, int Sources, long PortBytes)
{
    public static ScanBounds Share(ScanOptions scans, AggressiveOptions aggressive, int shards) => new(
        Math.Max(1, scans.MaxEvents / shards),
        scans.MaxDestinationBytes / shards,
        Math.Max(1, aggressive.MaxSources / shards),
        aggressive.MaxPortBytes / shards);
}
