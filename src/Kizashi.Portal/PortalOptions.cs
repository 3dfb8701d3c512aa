namespace Kizashi.Portal;

/// <summary>What the composition root decides for the web pages.</summary>
public sealed record PortalOptions
{
    /// <summary>Name under which exports appear, and which the pages show.</summary>
    public string Organization { get; init; } = "Kizashi";

    /// <summary>Everything shown is simulated, whatever the store says; the pages also ask the store.</summary>
    public bool DataIsSimulated { get; init; }

    /// <summary>
    /// Folder of the keys that protect session cookies; null keeps them in memory, so that a restart signs
    /// everybody out.
    /// </summary>
    public string? KeyFolder { get; init; }

    /// <summary>How long a sign-in lasts without use. Default 12 hours.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Shown on the sensors page.</summary>
    public string Version { get; init; } = "";
}
