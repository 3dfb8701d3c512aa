namespace Kizashi.Simulation.Scenarios;

/// <summary>What reaches unused addresses all day: many sources of one packet, few of many, on the ports of real darknets.</summary>
public sealed record BackgroundRadiation : TrafficComponent
{
    /// <summary>One packet per dark IPv4 address in so many seconds (NICT observed about 13 in 2024).</summary>
    public double SecondsPerAddress { get; init; } = 13;

    /// <summary>Packets per second; overrides <see cref="SecondsPerAddress"/>, and is what IPv6 uses (default 0.5).</summary>
    public double? PacketsPerSecond { get; init; }

    /// <summary>Share of packets whose source sends only that one.</summary>
    public double SinglePacketShare { get; init; } = 0.25;

    /// <summary>Tail index of packets per source, P(N >= n) = n^-alpha.</summary>
    public double TailIndex { get; init; } = 1.1;

    /// <summary>Most packets of one source.</summary>
    public int MostPackets { get; init; } = 20_000;

    /// <summary>Share of the other sources that walk over the darknet and so become scans; the rest stays with at most nine addresses.</summary>
    public double WalkerShare { get; init; } = 0.02;
}
