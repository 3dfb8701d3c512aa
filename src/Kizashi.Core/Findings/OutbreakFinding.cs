using Kizashi.Core.Addresses;

namespace Kizashi.Core.Findings;

/// <summary>Hosts of many networks began to act together on the same ports: malware spreads, or a botnet has found work.</summary>
public sealed record OutbreakFinding : Finding
{
    /// <summary>Names it for good: first ports and first day, such as "tcp/23 2026-11-23".</summary>
    public required string Campaign { get; init; }

    /// <summary>Ports such as tcp/23, in the order in which they joined, at most 64.</summary>
    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>Packets on its ports since it opened.</summary>
    public required long Packets { get; init; }

    /// <summary>Most distinct sources in one window, estimated.</summary>
    public required long Hosts { get; init; }

    /// <summary>Most distinct groups of sources in one window.</summary>
    public required long Groups { get; init; }

    /// <summary>What a group is: /16, /24 or as; IPv6 always by /48.</summary>
    public required string Grouping { get; init; }

    /// <summary>Each engine that saw it, at most once, by name.</summary>
    public required IReadOnlyList<EngineVote> Votes { get; init; }

    /// <summary>Growth curve, oldest first, at most 144 windows; older ones are given up first.</summary>
    public required IReadOnlyList<GrowthPoint> Growth { get; init; }

    /// <summary>Sub-graph of cooperating groups, strongest first, at most 128 edges.</summary>
    public IReadOnlyList<GroupEdge> Edges { get; init; } = [];

    /// <summary>Some of its sources, at most 64; of an IPv6 group its first address.</summary>
    public IReadOnlyList<Address> Sources { get; init; } = [];

    /// <summary>Tools whose fingerprint its packets carried, lower case.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>What its packets look like, such as "syn ttl&lt;=64 options 20 window 14600", at most 8.</summary>
    public IReadOnlyList<string> Shapes { get; init; } = [];

    /// <summary>What limits the judgement: gap, loss, clock-step, sampled, short-history, not-converged.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];
}
