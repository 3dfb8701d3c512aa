namespace Kizashi.Simulation.Scenarios;

/// <summary>Scanners that measure the whole Internet again and again, as search engines for devices do.</summary>
public sealed record SurveyScanner : TrafficComponent
{
    public ScanTool Tool { get; init; } = ScanTool.ZMap;

    /// <summary>Addresses that scan, each on its own.</summary>
    public int Sources { get; init; } = 1;

    /// <summary>Neighbors in /24s of their own, as survey projects are; else scattered like everybody. IPv4 only.</summary>
    public bool Neighbors { get; init; }

    /// <summary>Such as tcp/443, udp/53, icmp/8; each sweep takes the next.</summary>
    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>From one sweep's start to the next's.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long a sweep takes.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Share of the dark addresses that a sweep reaches, 0..1.</summary>
    public double Coverage { get; init; } = 1;

    /// <summary>Dark addresses that a sweep reaches; overrides <see cref="Coverage"/>, and is what IPv6 uses (default 256).</summary>
    public int? Targets { get; init; }
}
