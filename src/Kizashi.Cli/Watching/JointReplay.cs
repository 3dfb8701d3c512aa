using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Watching;

/// <summary>Observes again what several sensors have stored since a checkpoint, in the order of its time.</summary>
internal sealed class JointReplay(ICheckpointStore checkpoints, IReadOnlyDictionary<string, long> sequences)
{
    /// <returns>Watermarks that all sensors have reached, each after what was before it has been observed.</returns>
    public IEnumerable<long> Into(IAnalyzer analyzer, long watermark, int shards)
    {
        var sensors = new List<Sensor>();
        try
        {
            foreach (var (name, sequence) in sequences.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                var sensor = new Sensor(checkpoints.ReadAfter(name, sequence).Select(stored => stored.Batch).Where(batch => batch.Shards == shards).GetEnumerator(), shards);
                if (sensor.Next())
                    sensors.Add(sensor);
                else
                    sensor.Dispose();
            }

            while (sensors.Count > 0)
            {
                var first = sensors.MinBy(sensor => sensor.Batch.WatermarkMillis)!;
                analyzer.Observe(first.Batch);
                first.Mark();
                if (!first.Next())
                {
                    sensors.Remove(first);
                    first.Dispose();
                }

                var reached = sensors.Count > 0 ? sensors.Min(sensor => sensor.Watermark) : first.Watermark;
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

    private sealed class Sensor(IEnumerator<ObservationBatch> batches, int shards) : IDisposable
    {
        private readonly long[] _marks = new long[shards];

        public ObservationBatch Batch => batches.Current;

        public long Watermark => _marks.Min();

        public bool Next() => batches.MoveNext();

        public void Mark() => _marks[Batch.Shard] = Batch.WatermarkMillis;

        public void Dispose() => batches.Dispose();
    }
}
