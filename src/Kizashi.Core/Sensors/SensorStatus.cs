using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Core.Sensors;

/// <summary>What is known of a sensor right now.</summary>
public sealed record SensorStatus
{
    public required string Name { get; init; }

    /// <summary>telescope or reflector.</summary>
    public required string Kind { get; init; }

    public bool Simulated { get; init; }

    /// <summary>capture (a file), live (an interface), simulation.</summary>
    public required string Source { get; init; }

    public required bool Running { get; init; }

    public IReadOnlyList<Prefix> DarkPrefixes { get; init; } = [];

    /// <summary>The dark prefixes were inferred from the traffic, not configured.</summary>
    public bool DarkInferred { get; init; }

    /// <summary>Where it stands, ISO 3166-1 alpha-2: as configured, else as the address books say of its first dark prefix; empty if neither tells.</summary>
    public string Country { get; init; } = "";

    /// <summary>Time of the newest packet, by the sensor's clock.</summary>
    public DateTimeOffset? LastPacket { get; init; }

    /// <summary>When the center last heard of it, by the center's clock.</summary>
    public required DateTimeOffset LastHeard { get; init; }

    /// <summary>Sensor clock minus center clock for live sensors, else null.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>Packets per second of wall time, over the last few seconds.</summary>
    public double PacketsPerSecond { get; init; }

    /// <summary>Sums since the sensor started.</summary>
    public SensorHealth Totals { get; init; } = new();

    /// <summary>How the engines stand that judge its traffic.</summary>
    public IReadOnlyList<EngineStatus> Engines { get; init; } = [];

    /// <summary>What it has answered; null unless it answers SYNs.</summary>
    public ResponderStatus? Responder { get; init; }

    /// <summary>What it was asked and answered; null unless it is a reflector.</summary>
    public ReflectorStatus? Reflector { get; init; }

    public required string Version { get; init; }
}
