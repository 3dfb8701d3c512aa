namespace Kizashi.Analyze.Scans;

/// <summary>What counts as a scan (Merit-Research/darknet-events; Durumeric et al., USENIX Security 2014).</summary>
public sealed record ScanOptions
{
    /// <summary>Distinct dark destinations a scan has at least. Default 10 (Merit).</summary>
    public int MinDestinations { get; init; } = 10;

    /// <summary>
    /// Packets per second a scan has at least, estimated over the whole IPv4 Internet. Default 10 (Merit).
    /// </summary>
    public int MinRate { get; init; } = 10;

    /// <summary>Seconds of silence an IPv4 event survives; a longer one ends it. Default 624 (Merit).</summary>
    public int IdleSeconds { get; init; } = 624;

    /// <summary>Seconds of silence an IPv6 event survives. Default 3,600.</summary>
    public int IdleSecondsV6 { get; init; } = 3600;

    /// <summary>Distinct dark destinations a scan by Durumeric's definition has at least. Default 100.</summary>
    public int DurumericDestinations { get; init; } = 100;

    /// <summary>
    /// Packets per second a scan by Durumeric's definition has at least, estimated Internet-wide. Default 10.
    /// </summary>
    public int DurumericRate { get; init; } = 10;

    /// <summary>
    /// Seconds of silence a scan by Durumeric's definition survives, at most <see cref="IdleSeconds"/>. Default 480.
    /// </summary>
    public int DurumericIdleSeconds { get; init; } = 480;

    /// <summary>Growth in packets after which a scan is reported again, as a factor. Default 1.5.</summary>
    public double ReportGrowth { get; init; } = 1.5;

    /// <summary>Seconds of traffic time after which a scan that goes on is reported again. Default 300.</summary>
    public int ReportSeconds { get; init; } = 300;

    /// <summary>
    /// Events followed at once, over all shards and per address family; 64 bytes each (IPv6 160). Default 8 Mi.
    /// </summary>
    public int MaxEvents { get; init; } = 8 << 20;

    /// <summary>
    /// Bytes the exact sets of destinations may take, over all shards; past it they are estimated. Default 256 MiB.
    /// </summary>
    public long MaxDestinationBytes { get; init; } = 256L << 20;

    internal IReadOnlyList<string> Faults() => new OptionFaults("Scans")
        .Range(nameof(MinDestinations), MinDestinations, 1, 1 << 24)
        .Range(nameof(MinRate), MinRate, 0, 1 << 30)
        .Range(nameof(IdleSeconds), IdleSeconds, 30, 86_400)
        .Range(nameof(IdleSecondsV6), IdleSecondsV6, 30, 86_400)
        .Range(nameof(DurumericDestinations), DurumericDestinations, 1, 1 << 24)
        .Range(nameof(DurumericRate), DurumericRate, 0, 1 << 30)
        .Range(nameof(DurumericIdleSeconds), DurumericIdleSeconds, 30, IdleSeconds)
        .Range(nameof(ReportGrowth), ReportGrowth, 1.01, 1000)
        .Range(nameof(ReportSeconds), ReportSeconds, 1, 86_400)
        .Range(nameof(MaxEvents), MaxEvents, 1024, 1 << 28)
        .Range(nameof(MaxDestinationBytes), MaxDestinationBytes, 1 << 16, 1L << 40)
        .All;
}
