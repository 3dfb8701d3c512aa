using Kizashi.Core.Addresses;

namespace Kizashi.Core.Findings;

/// <summary>Requests in a victim's name come to reflectors: somebody attacks it with their answers (AmpPot's rule).</summary>
public sealed record ReflectorAttackFinding : Finding
{
    public required Address Victim { get; init; }

    /// <summary>Abused services such as udp/53, most requests first.</summary>
    public required IReadOnlyList<string> Ports { get; init; }

    public required long Requests { get; init; }

    /// <summary>IP bytes of the requests.</summary>
    public required long Bytes { get; init; }

    /// <summary>Most requests in any minute.</summary>
    public required long MaxPerMinute { get; init; }

    /// <summary>Distinct addresses of the reflector that were asked, at most 64 counted.</summary>
    public required int Reflectors { get; init; }

    /// <summary>A service has had the 100 requests of the rule; before that rate and pattern alone speak for an attack.</summary>
    public required bool Confirmed { get; init; }
}
