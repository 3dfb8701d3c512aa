using Kizashi.Core.Addresses;

namespace Kizashi.Link.Frames;

/// <summary>Who sends a stream of observations.</summary>
public sealed record SensorHello
{
    public required string Sensor { get; init; }

    /// <summary>telescope or reflector.</summary>
    public required string Kind { get; init; }

    /// <summary>What it observes, for people.</summary>
    public required string Source { get; init; }

    /// <summary>1..<see cref="MostShards"/>; those of its batches.</summary>
    public required int Shards { get; init; }

    /// <summary>Observed prefixes; empty for all that comes to it.</summary>
    public IReadOnlyList<Prefix> Dark { get; init; } = [];

    /// <summary>Where it stands, ISO 3166-1 alpha-2; empty when that was not told.</summary>
    public string Country { get; init; } = "";

    /// <summary>Of the program that sends.</summary>
    public string Version { get; init; } = "";

    public const int MostShards = 64;
}
