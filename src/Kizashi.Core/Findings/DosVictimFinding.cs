using Kizashi.Core.Addresses;

namespace Kizashi.Core.Findings;

/// <summary>A victim of a denial-of-service attack with forged sources, by the RSDoS rule (Moore et al. 2001; CAIDA corsaro3).</summary>
public sealed record DosVictimFinding : Finding
{
    public required Address Victim { get; init; }

    /// <summary>IANA protocol number of the attack.</summary>
    public required byte Protocol { get; init; }

    public required long Packets { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Most packets in any 60-second window sliding by 10 s.</summary>
    public required long MaxPacketsPerMinute { get; init; }

    /// <summary>ICMP answers whose quoted source is not the dark address they came to.</summary>
    public long Mismatches { get; init; }

    /// <summary>Estimated distinct dark addresses that got answers.</summary>
    public double DarkAddresses { get; init; }

    /// <summary>Estimated distinct attacked ports.</summary>
    public double Ports { get; init; }

    /// <summary>An attacked port, 0 without ports.</summary>
    public ushort Port { get; init; }

    /// <summary>How the victim was seen: syn-ack, rst, icmp-reply, icmp-error.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}
