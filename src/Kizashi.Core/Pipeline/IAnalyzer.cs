using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Sensors;

namespace Kizashi.Core.Pipeline;

/// <summary>Turns observations of one sensor, or of several of a kind, into findings. Pure: no clock, socket, logger or store; time is what the batches say.</summary>
/// <remarks>
/// <see cref="Observe"/> runs at the same time for different shards, so state is kept per <see cref="ObservationBatch.Shard"/>.
/// <see cref="Advance"/>, <see cref="Finish"/>, <see cref="Losses"/>, <see cref="Engines"/>, <see cref="Save"/> and <see cref="Load"/> run alone, with all shards at rest.
/// </remarks>
public interface IAnalyzer
{
    /// <summary>Stable name, lower case: scans, backscatter, own-hosts...</summary>
    string Name { get; }

    /// <summary>What was given up, each reason once and always the same ones; empty when the analyzer has no bound to reach.</summary>
    IReadOnlyList<AnalyzerLoss> Losses { get; }

    /// <summary>How each engine in it stands; empty when it has none that judge windows by themselves.</summary>
    IReadOnlyList<EngineStatus> Engines => [];

    /// <summary>Takes what a shard gained. The batch must not be kept.</summary>
    void Observe(ObservationBatch batch);

    /// <summary>End of an interval: every shard has delivered all before the time. Adds findings that are new, have grown or ended.</summary>
    /// <param name="watermarkMillis">Milliseconds since 1970 UTC.</param>
    /// <param name="findings">Receives the findings.</param>
    void Advance(long watermarkMillis, ICollection<Finding> findings);

    /// <summary>The capture is over: ends everything that is open.</summary>
    void Finish(ICollection<Finding> findings);

    /// <summary>Writes the whole state, so that <see cref="Load"/> goes on as if nothing had happened.</summary>
    void Save(Stream stream);

    /// <exception cref="InvalidDataException">Not a state this version wrote; the caller starts empty and says so.</exception>
    void Load(Stream stream);
}
