using Kizashi.Core.Observations;

namespace Kizashi.Core.Pipeline;

/// <summary>Where a sensor's batches go.</summary>
public interface IObservationSink
{
    /// <summary>Takes a batch; runs at the same time for different shards, in order within one. The batch's columns are reused after the call.</summary>
    void Take(ObservationBatch batch);

    /// <summary>Every shard has delivered all before the time and is at rest during the call.</summary>
    /// <param name="watermarkMillis">Milliseconds since 1970 UTC.</param>
    void Interval(long watermarkMillis);
}
