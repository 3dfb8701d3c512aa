using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Compaction;
using Kizashi.Store.Embedded.Queries;
using Kizashi.Store.Embedded.Rollups;
using Microsoft.Extensions.Logging;

namespace Kizashi.Store.Embedded.Maintenance;

/// <summary>Keeps the store in order: in the background once started, and when an operator asks.</summary>
public sealed class StoreMaintenance : IDisposable
{
    private const int HoursPerFold = 8;

    private readonly StoreParts _store;
    private readonly Compactor _compactor;
    private readonly ILogger _logger;
    private readonly Lock _working = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task? _loop;
    private bool _disposed;

    internal StoreMaintenance(StoreParts store, Compactor compactor, ILogger logger)
    {
        _store = store;
        _compactor = compactor;
        _logger = logger;
    }

    /// <summary>Begins to fold, compact and retire in the background; a second call changes nothing.</summary>
    public void Start()
    {
        lock (_working)
            _loop ??= Task.Run(LoopAsync);
    }

    /// <summary>Ends the background work and waits for it.</summary>
    public void Stop()
    {
        _stopping.Cancel();
        try
        {
            _loop?.Wait();
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            // Being told to stop is how the loop ends.
        }
    }

    /// <summary>Reads everything and compares it with the ledger.</summary>
    public CheckReport Check(IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var engine = Engine();
        return new StoreChecker(_store, engine).Check(progress, cancellation);
    }

    /// <summary>Folds rollups and compacts segments until there is nothing left to do.</summary>
    /// <remarks>Batches that a sensor's analyzers may still have to read again stay as they are.</remarks>
    public CompactReport Compact(IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellation = default)
    {
        lock (_working)
        {
            var before = _store.Catalog.Segments;
            Fold(cancellation);
            for (var done = 1; _compactor.RunNext(force: true, cancellation); done++)
                progress?.Report(new MaintenanceProgress(done, done + 1, $"{_store.Catalog.Segments.Count} segments"));

            _store.State.Checkpoint();
            var after = _store.Catalog.Segments;
            return new CompactReport(
                before.Count, after.Count, before.Sum(segment => segment.Bytes), after.Sum(segment => segment.Bytes));
        }
    }

    /// <summary>Writes the observations of a time range into a folder, one file for each kind and UTC day.</summary>
    public ExportReport Export(
        TimeRange range, string folder, ExportFormat format,
        IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var engine = Engine();
        return new StoreExporter(_store, engine).Export(range, folder, format, progress, cancellation);
    }

    /// <summary>Removes what is past its time or over the limit; returns how many segments went.</summary>
    public int Retire()
    {
        lock (_working)
            return Retention.Run(_store, _logger);
    }

    /// <summary>One round of what runs in the background.</summary>
    public void RunOnce(CancellationToken cancellation = default)
    {
        lock (_working)
        {
            Fold(cancellation);
            Retention.Run(_store, _logger);
            while (_compactor.RunNext(force: false, cancellation))
                Fold(cancellation);

            _store.State.Write(session =>
                Compactor.ForgetBatches(session, _store.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        }
    }

    /// <summary>Ends the background work for good.</summary>
    public void Dispose()
    {
        // A container that hands out the store and this disposes of both, in either order.
        if (Interlocked.Exchange(ref _disposed, true))
            return;

        Stop();
        _stopping.Dispose();
    }

    // A transaction holds up every writer, so a long backlog is folded in short ones.
    private void Fold(CancellationToken cancellation)
    {
        while (_store.State.Write(session => RollupStore.Fold(session, HoursPerFold)))
            cancellation.ThrowIfCancellationRequested();
    }

    private DuckEngine Engine() => new(
        _store.Options.CompactionMemory, Math.Max(1, Environment.ProcessorCount / 2),
        Path.Combine(_store.Options.DataDirectory, "temporary"));

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(_store.Options.MaintenanceSeconds), _store.Time);
        while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
        {
            try
            {
                RunOnce(_stopping.Token);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The store works without maintenance for a while; the next round may find room or memory.
                StoreLog.MaintenanceFailed(_logger, exception);
            }
        }
    }
}
