using Kizashi.Core.Addresses;

namespace Kizashi.Core.Findings;

/// <summary>A scan by Merit's definition: one source, one port and traffic type, at least ten dark destinations.</summary>
/// <remarks>darknet-events (Merit/ORION); Durumeric et al., USENIX Security 2014, for the attribute.</remarks>
public sealed record ScanFinding : Finding
{
    public required Address Source { get; init; }

    /// <summary>IANA protocol number.</summary>
    public required byte Protocol { get; init; }

    /// <summary>Scanned port; ICMP code for ICMP.</summary>
    public required ushort Port { get; init; }

    /// <summary>For people and filters: tcp-syn, tcp-fin, tcp-null, tcp-xmas, tcp-ack, udp, icmp-echo...</summary>
    public required string TrafficType { get; init; }

    public required long Packets { get; init; }

    /// <summary>Distinct dark destinations; a lower bound when <see cref="DestinationsExact"/> is false.</summary>
    public required long Destinations { get; init; }

    public bool DestinationsExact { get; init; } = true;

    /// <summary>Estimated packets per second over the whole IPv4 Internet; null for IPv6, which has no rate rule.</summary>
    public double? InternetWideRate { get; init; }

    /// <summary>Share of the dark addresses hit, 0..1; null for IPv6.</summary>
    public double? Coverage { get; init; }

    /// <summary>Also a scan by Durumeric's definition (>= 100 addresses, >= 10 packets/s estimated, 480 s idle).</summary>
    public bool IsDurumeric { get; init; }

    /// <summary>Tools whose fingerprint at least two packets carried, lower case: mirai, zmap, masscan...</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];
}
