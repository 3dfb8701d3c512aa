using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Truth;

/// <summary>One thing that really is in the simulated traffic, counted packet by packet.</summary>
public sealed record TruthEvent
{
    /// <summary>Addresses listed in <see cref="Sources"/> and <see cref="Targets"/> at most.</summary>
    public const int MostListed = 100;

    /// <summary>background, survey, mirai, outbreak, dos, misconfiguration, own-hosts, flash, outage, aggressive or growth.</summary>
    public required string Kind { get; init; }

    /// <summary>The first hundred senders; the victim for dos.</summary>
    public IReadOnlyList<Address> Sources { get; init; } = [];

    public long SourceCount { get; init; }

    /// <summary>The first hundred dark destinations, empty where they were not followed.</summary>
    public IReadOnlyList<Address> Targets { get; init; } = [];

    /// <summary>Distinct dark destinations; null where they were not followed.</summary>
    public long? TargetCount { get; init; }

    /// <summary>Such as tcp/23, udp/53, icmp/8 (type); for dos the attacked ports, at most 16.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Moment of the first packet.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Moment of the last packet.</summary>
    public required DateTimeOffset End { get; init; }

    public required long Packets { get; init; }

    /// <summary>The alert kind that the definitions demand for it, null for none.</summary>
    public string? ExpectedAlert { get; init; }

    /// <summary>True when another event counts the same packets too.</summary>
    public bool Overlaps { get; init; }

    /// <summary>For growth: how an outbreak came over one sensor; its packets are also counted host by host in events of kind outbreak.</summary>
    public OutbreakTruth? Outbreak { get; init; }
}
