using Kizashi.Core.Addresses;
using Kizashi.Core.Sensors;

namespace Kizashi.Cli.Watching;

/// <summary>What a session saw, in the form that `kizashi watch --json` prints.</summary>
internal sealed record WatchSummary
{
    /// <summary>Frames read.</summary>
    public required long Packets { get; init; }

    /// <summary>Frames whose outermost IP or transport header cannot be decoded.</summary>
    public required long Malformed { get; init; }

    /// <summary>Bytes on the wire.</summary>
    public required long Bytes { get; init; }

    /// <summary>Distinct source addresses of the outermost IP header.</summary>
    public required long Sources { get; init; }

    /// <summary>Distinct destination addresses of the outermost IP header.</summary>
    public required long Destinations { get; init; }

    /// <summary>The two counts above are estimates, since there were too many to count exactly.</summary>
    public bool AddressesEstimated { get; init; }

    /// <summary>IANA protocol number to packets.</summary>
    public required IReadOnlyDictionary<string, long> Protocols { get; init; }

    /// <summary>Tool to matching packets, of sources with at least two of them.</summary>
    public required IReadOnlyDictionary<string, long> Fingerprints { get; init; }

    public required long FlowTuples { get; init; }

    /// <summary>Scan events by Merit's definition.</summary>
    public required long Scans { get; init; }

    public required IReadOnlyList<WatchVictim> DosVictims { get; init; }

    /// <summary>Alerts that this session opened or added to.</summary>
    public required long Alerts { get; init; }

    /// <summary>True when there were more scans, victims or alerts than are counted one by one: 2,000,000, 100,000 and 1,000,000.</summary>
    public bool CountsAtLeast { get; init; }

    /// <summary>Packets lost: dropped by the kernel, too late, wrongly dated, or refused by a full disk.</summary>
    public required long Lost { get; init; }

    public required double Seconds { get; init; }

    public required double PacketsPerSecond { get; init; }

    public long NotIp { get; init; }

    public long NotDark { get; init; }

    public long Late { get; init; }

    /// <summary>Packets given up because their time was wrong and far ahead.</summary>
    public long Misdated { get; init; }

    /// <summary>Packets of slots still open when the watching was broken off: not stored, and not lost, for the next time brings them.</summary>
    public long Open { get; init; }

    public long Dropped { get; init; }

    /// <summary>Events and rows that analyzers gave up because a bound was reached; results may lack them.</summary>
    public long GivenUp { get; init; }

    /// <summary>Raw packets not kept as evidence because the budget was spent.</summary>
    public long SamplesDropped { get; init; }

    public required IReadOnlyList<Prefix> Dark { get; init; }

    public bool DarkInferred { get; init; }

    public string? DarkExplanation { get; init; }

    public DateTimeOffset? First { get; init; }

    public DateTimeOffset? Last { get; init; }

    /// <summary>Frames kept by --record; null without it.</summary>
    public long? Recorded { get; init; }

    /// <summary>Frames that --record could not keep, since the disk was full or too slow.</summary>
    public long? RecordingLost { get; init; }

    /// <summary>What a reflector was asked and answered; null without one.</summary>
    public ReflectorStatus? Reflector { get; init; }

    /// <summary>What was answered; null unless SYNs are.</summary>
    public ResponderStatus? Responder { get; init; }

    /// <summary>Batches new to the store.</summary>
    public long BatchesStored { get; init; }

    /// <summary>Batches the store had already: this content was watched before.</summary>
    public long BatchesKnown { get; init; }

    public bool Simulated { get; init; }

    /// <summary>Why the input could not be read to its end; null when it was.</summary>
    public string? Error { get; init; }
}
