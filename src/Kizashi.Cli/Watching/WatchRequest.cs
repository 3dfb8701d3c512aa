namespace Kizashi.Cli.Watching;

/// <summary>What to observe and how; also the form in which `kizashi watch` hands its work to a running center.</summary>
internal sealed record WatchRequest
{
    /// <summary>Not used for batches, which carry their sensor's name.</summary>
    public required string Sensor { get; init; }

    /// <summary>Full paths of files and directories, in order.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The capture comes as a stream beside this request.</summary>
    public bool FromStream { get; init; }

    public bool Follow { get; init; }

    /// <summary>A network interface instead of inputs.</summary>
    public string? Interface { get; init; }

    /// <summary>Batches of a sensor in a process of its own instead of frames: those that come as a stream, or in the directory that is the only input.</summary>
    public bool FromSensor { get; init; }

    /// <summary>BPF expression, empty for none.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Dark prefixes; empty: those of the settings, and if there are none either, inferred.</summary>
    public IReadOnlyList<string> Dark { get; init; } = [];

    /// <summary>Addresses inside the dark prefixes that are in use; empty: those of the settings.</summary>
    public IReadOnlyList<string> Live { get; init; } = [];

    /// <summary>Where the sensor stands, ISO 3166-1 alpha-2; empty for what the address books say.</summary>
    public string Country { get; init; } = "";

    /// <summary>SYN-ACKs per second that an interface may send at most; 0, the default, for none at all.</summary>
    public int AnswersPerSecond { get; init; }

    public bool Again { get; init; }

    public bool Unwrap { get; init; }

    /// <summary>Keep raw traffic here; null for the settings' choice.</summary>
    public string? Record { get; init; }
}
