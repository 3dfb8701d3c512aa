using Kizashi.Core.Observations;

namespace Kizashi.Core.Storage;

/// <summary>Lets analyzers go on after a restart: the last saved state, and what was stored after it.</summary>
public interface ICheckpointStore
{
    AnalyzerCheckpoint? Find(string sensor);

    void Save(AnalyzerCheckpoint checkpoint);

    /// <summary>Highest sequence number committed for the sensor, 0 if none.</summary>
    long LatestSequence(string sensor);

    /// <summary>The sensor's batches after the sequence number in the order of commit, rebuilt from the segments with ids, shards and watermarks.</summary>
    IEnumerable<(long Sequence, ObservationBatch Batch)> ReadAfter(string sensor, long sequence);
}
