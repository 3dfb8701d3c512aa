using Kizashi.Core.Addresses;

namespace Kizashi.Core.Findings;

/// <summary>Requests in a victim's name come to reflectors: somebody attacks it with their answers (AmpPot's rule).</summary>
public sealed record ReflectorAttackFinding : Finding
{
    /// <summary>One address, or the network over which the attack is spread.</summary>
    public required Prefix Victim { get; init; }

    /// <summary>Attacked addresses, at least this many: 1, or those seen of a network.</summary>
    public int Victims { get; init; } = 1;

    /// <summary>Some of the attacked addresses of a network, at most 16; empty for one address.</summary>
    public IReadOnlyList<Address> Members { get; init; } = [];

    /// <summary>Sensors that saw it, most requests first.</summary>
    public IReadOnlyList<string> Sensors { get; init; } = [];

    /// <summary>Abused services such as udp/53, most requests first.</summary>
    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>The same with what each was asked.</summary>
    public IReadOnlyList<ReflectorVector> Vectors { get; init; } = [];

    public required long Requests { get; init; }

    /// <summary>IP bytes of the requests.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes that servers which answer everything would have sent to the victim; an estimate by the published factors of the services.</summary>
    public long WantedBytes { get; init; }

    /// <summary>Most requests in any minute.</summary>
    public required long MaxPerMinute { get; init; }

    /// <summary>Most requests a second, over ten seconds.</summary>
    public double MaxPerSecond { get; init; }

    /// <summary>Requests a second in the latest ten seconds of it; 0 once it has ended.</summary>
    public double PerSecond { get; init; }

    /// <summary>Distinct addresses of the reflector that were asked; an estimate past 64.</summary>
    public required int Reflectors { get; init; }

    /// <summary>A service has had the 100 requests of the rule; before that rate and pattern alone speak for an attack.</summary>
    public required bool Confirmed { get; init; }

    /// <summary>What was asked for in the requests looked at, such as "ANY example.org"; at most 16.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>What speaks for forged senders and for one or many origins: one-ttl, many-ttls, one-port, random-ports, service-port, one-id, random-ids.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>The same for attacks whose requests are made alike, 16 hexadecimal digits; empty while too few were looked at.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Requests of the latest minutes, oldest first.</summary>
    public IReadOnlyList<GrowthPoint> Minutes { get; init; } = [];

    /// <summary>The attack on its network that it turned out to be part of; null for none.</summary>
    public WiderAttack? PartOf { get; init; }
}
