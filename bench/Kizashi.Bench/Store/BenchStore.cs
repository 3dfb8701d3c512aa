using System.Diagnostics;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded;

namespace Kizashi.Bench.Store;

/// <summary>A store in a folder of its own that is gone afterwards.</summary>
internal sealed class BenchStore : IDisposable
{
    public const string Sensor = "bench";

    private readonly string _folder;

    public BenchStore(string work, string name)
    {
        _folder = Path.Combine(work, $"store-{name}");
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);

        Store = Open();
    }

    public EmbeddedStore Store { get; private set; }

    /// <summary>
    /// Appends rows spread evenly over the time, by as many threads as there is traffic; returns wall and processor
    /// seconds.
    /// </summary>
    public (double Wall, double Processor) Fill(BenchTraffic[] traffic, long rows, long startSeconds, long seconds)
    {
        var batches = (int)(rows / traffic.Length / BenchTraffic.BatchRows);
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        Parallel.For(0, traffic.Length, new ParallelOptions { MaxDegreeOfParallelism = traffic.Length }, shard =>
        {
            using var writer = Store.OpenWriter(Sensor);
            for (var number = 0; number < batches; number++)
            {
                var from = startSeconds + (seconds * number / batches);
                var length = (int)Math.Max(1, seconds / batches);
                if (writer.Append(traffic[shard].Batch(number, from, length)) != AppendOutcome.Taken)
                    throw new InvalidOperationException($"Not taken: {Store.Statistics.Problem}");
            }

            if (!writer.Commit())
                throw new InvalidOperationException($"Not committed: {Store.Statistics.Problem}");
        });
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }

    /// <summary>Lets compaction have everything, and waits for it.</summary>
    public void Compact()
    {
        Store.Checkpoints.Save(new AnalyzerCheckpoint(Sensor, Store.Checkpoints.LatestSequence(Sensor), 0, []));
        Store.Maintenance.Compact();
    }

    /// <summary>Opens the store anew, with none of its files in memory: what a center finds that has just started.</summary>
    public void Restart()
    {
        Store.Dispose();
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
            PageCache.Forget(file);

        Store = Open();
    }

    private EmbeddedStore Open() => EmbeddedStore.Open(
        new EmbeddedStoreOptions { DataDirectory = _folder, CompactionMemory = 2048 }, TimeProvider.System, new BenchBook());

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
