using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;

namespace Kizashi.Bench.Telescope;

/// <summary>Hands batches to analyzers and, if given, to a store; findings are counted and dropped.</summary>
internal sealed class BenchSink(IReadOnlyList<IAnalyzer> analyzers, IReadOnlyList<IObservationWriter> writers) : IObservationSink, IDisposable
{
    private readonly List<Finding> _findings = [];
    private long _rows;

    public long Rows => Interlocked.Read(ref _rows);

    public long Findings { get; private set; }

    public Action? OnInterval { get; init; }

    public void Take(ObservationBatch batch)
    {
        Interlocked.Add(ref _rows, batch.Rows);
        if (writers.Count > 0)
            writers[batch.Shard].Append(batch);

        foreach (var analyzer in analyzers)
            analyzer.Observe(batch);
    }

    public void Interval(long watermarkMillis)
    {
        foreach (var analyzer in analyzers)
            analyzer.Advance(watermarkMillis, _findings);

        Findings += _findings.Count;
        _findings.Clear();
        OnInterval?.Invoke();
    }

    /// <summary>Ends what is open and makes what was stored durable.</summary>
    public void Finish()
    {
        foreach (var analyzer in analyzers)
            analyzer.Finish(_findings);

        Parallel.ForEach(writers, writer => writer.Commit());
    }

    public void Dispose()
    {
        foreach (var writer in writers)
            writer.Dispose();

        foreach (var analyzer in analyzers)
            (analyzer as IDisposable)?.Dispose();
    }
}
