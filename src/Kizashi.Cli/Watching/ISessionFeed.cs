using Kizashi.Core.Addresses;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;
using Kizashi.Observe.Telescope;

namespace Kizashi.Cli.Watching;

/// <summary>Where a session's batches come from. Its status may be read by any thread.</summary>
internal interface ISessionFeed : IDisposable
{
    /// <summary>telescope or reflector.</summary>
    string Kind { get; }

    /// <summary>What is observed, as a name.</summary>
    string Name { get; }

    PrefixSet Dark { get; }

    bool IsDarkInferred { get; }

    /// <summary>What is observed and how that was decided, one sentence for people.</summary>
    string Explanation { get; }

    /// <summary>Where the sensor stands, as far as it was told; empty for not.</summary>
    string Country { get; }

    int Shards { get; }

    TelescopeProgress? Progress { get; }

    ResponderStatus? Responder { get; }

    ReflectorStatus? Reflector { get; }

    /// <summary>Frames recorded, and those lost; null when nothing is.</summary>
    (long Frames, long Lost)? Recorded { get; }

    /// <summary>Where the source is damaged; null when it is not.</summary>
    string? Damage { get; }

    /// <summary>Blocks until the source ends, is damaged, or the cancellation.</summary>
    TelescopeSummary Run(IObservationSink sink, CancellationToken cancellation);
}
