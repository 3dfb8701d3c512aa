using Kizashi.Core.Observations;

namespace Kizashi.Core.Storage;

/// <summary>Writes the batches of one shard. Used by one thread; several writers run side by side.</summary>
public interface IObservationWriter : IDisposable
{
    AppendOutcome Append(ObservationBatch batch);

    /// <summary>Makes everything taken so far durable and visible to queries, atomically per batch. False when the disk would not take it.</summary>
    bool Commit();
}
