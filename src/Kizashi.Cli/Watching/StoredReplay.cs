using Kizashi.Core.Observations;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Watching;

/// <summary>Observes again what sensors have stored since a checkpoint: one in the order of its commits, several in the order of their time.</summary>
/// <param name="checkpoints">Has the batches.</param>
/// <param name="sequences">For each sensor the last that is in the checkpoint.</param>
internal sealed class StoredReplay(ICheckpointStore checkpoints, IReadOnlyDictionary<string, long> sequences)
{
    /// <param name="observe">Takes each batch.</param>
    /// <param name="watermark">Of the checkpoint, milliseconds since 1970 UTC.</param>
    /// <returns>Later watermarks that all sensors have reached, each after what was before it has been observed.</returns>
    public IEnumerable<long> Run(Action<ObservationBatch> observe, long watermark)
    {
        var sensors = new List<Sensor>();
        try
        {
            foreach (var (name, sequence) in sequences.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                var sensor = new Sensor(checkpoints.ReadAfter(name, sequence).GetEnumerator());
                if (sensor.Next())
                    sensors.Add(sensor);
                else
                    sensor.Dispose();
            }

            while (sensors.Count > 0)
            {
                var first = sensors.MinBy(sensor => sensor.Batch.WatermarkMillis)!;
                observe(first.Batch);
                first.Mark();
                var reached = sensors.Min(sensor => sensor.Watermark);
                if (!first.Next())
                {
                    // Who has stored no more holds nobody up.
                    sensors.Remove(first);
                    first.Dispose();
                    reached = sensors.Count > 0 ? sensors.Min(sensor => sensor.Watermark) : reached;
                }

                if (reached <= watermark)
                    continue;

                watermark = reached;
                yield return watermark;
            }
        }
        finally
        {
            sensors.ForEach(sensor => sensor.Dispose());
        }
    }

    private sealed class Sensor(IEnumerator<(long Sequence, ObservationBatch Batch)> batches) : IDisposable
    {
        private readonly Dictionary<int, long> _marks = [];

        public ObservationBatch Batch => batches.Current.Batch;

        /// <summary>0 before each shard has delivered.</summary>
        public long Watermark { get; private set; }

        public bool Next() => batches.MoveNext();

        public void Mark()
        {
            _marks[Batch.Shard] = Batch.WatermarkMillis;
            Watermark = _marks.Count == Batch.Shards ? _marks.Values.Min() : 0;
        }

        public void Dispose() => batches.Dispose();
    }
}
