using Kizashi.Cli.Configuration;
using Kizashi.Core.Addresses;
using Kizashi.Link.Frames;
using Kizashi.Observe.Telescope;
using Kizashi.Wire.Capture;

namespace Kizashi.Cli.Watching;

/// <summary>Everything a session needs to know before it opens its source.</summary>
internal sealed record SessionPlan
{
    public required string Sensor { get; init; }

    /// <summary>capture, live, or simulation.</summary>
    public required string Kind { get; init; }

    /// <summary>Opens the frames; may throw <see cref="CommandException"/>.</summary>
    public Func<IFrameSource> Open { get; init; } = () => throw new InvalidOperationException("it has no frames");

    /// <summary>Opens the batches of a sensor in a process of its own, instead of frames; null for frames.</summary>
    public Func<ISensorStream>? OpenStream { get; init; }

    public required TelescopePace Pace { get; init; }

    /// <summary>Null: inferred from the first traffic.</summary>
    public PrefixSet? Dark { get; init; }

    /// <summary>Null: the settings' own networks.</summary>
    public PrefixSet? Own { get; init; }

    public string Filter { get; init; } = "";

    /// <summary>Where the sensor stands, ISO 3166-1 alpha-2; empty for what the address books say.</summary>
    public string Country { get; init; } = "";

    /// <summary>SYN-ACKs per second that the source may send at most; 0 for none at all.</summary>
    public int AnswersPerSecond { get; init; }

    public bool Again { get; init; }

    public bool Unwrap { get; init; }

    public bool Simulated { get; init; }

    /// <summary>Keep raw traffic here; null for not.</summary>
    public RecordSettings? Record { get; init; }

    /// <summary>The source ends for good when its frames end; a live sensor only pauses.</summary>
    public bool EndsForGood => Pace != TelescopePace.Live;
}
