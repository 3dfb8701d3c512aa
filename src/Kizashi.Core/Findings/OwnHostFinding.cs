using Kizashi.Core.Addresses;

namespace Kizashi.Core.Findings;

/// <summary>A host of the operator's own networks that touches the darknet (the DAEDALUS idea): infected or misconfigured.</summary>
public sealed record OwnHostFinding : Finding
{
    public required Address Host { get; init; }

    /// <summary>True when its packets answer somebody (SYN-ACK, RST, ICMP error or reply): it is attacked with forged sources.</summary>
    public bool Answers { get; init; }

    public required long Packets { get; init; }

    /// <summary>Distinct dark destinations; a lower bound when <see cref="DestinationsExact"/> is false.</summary>
    public required long Destinations { get; init; }

    public bool DestinationsExact { get; init; } = true;

    /// <summary>Protocol and port pairs such as "tcp/445", busiest first, at most 16.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    public IReadOnlyList<string> Tools { get; init; } = [];
}
