using System.Diagnostics.Metrics;
using Kizashi.Core.Storage;

namespace Kizashi.Store.Embedded;

/// <summary>The meter "Kizashi.Store".</summary>
internal sealed class StoreMetrics : IDisposable
{
    public const string MeterName = "Kizashi.Store";

    private readonly Meter _meter = new(MeterName);

    public StoreMetrics(Func<StoreStatistics> statistics)
    {
        RowsStored = _meter.CreateCounter<long>("kizashi_store_rows", "{row}", "Rows committed.");
        BatchesStored = _meter.CreateCounter<long>("kizashi_store_batches", "{batch}", "Batches committed.");
        BatchesDuplicate = _meter.CreateCounter<long>("kizashi_store_duplicates", "{batch}", "Batches that were there already.");
        BatchesRefused = _meter.CreateCounter<long>("kizashi_store_refused", "{batch}", "Batches the disk would not take.");
        CommitSeconds = _meter.CreateHistogram<double>("kizashi_store_commit", "s", "Time of a commit.");
        QuerySeconds = _meter.CreateHistogram<double>("kizashi_store_query", "s", "Time of a query, by its name.");
        RowsRetired = _meter.CreateCounter<long>("kizashi_store_retired", "{row}", "Rows that retention removed.");
        _meter.CreateObservableGauge("kizashi_store_size", () => statistics().Bytes, "By", "Size of all segments.");
        _meter.CreateObservableGauge("kizashi_store_segments", () => statistics().Segments, "{segment}", "Live segments.");
        _meter.CreateObservableGauge(
            "kizashi_store_writable", () => statistics().Problem is null ? 1 : 0, null, "0 while the disk is full or failing.");
    }

    public Counter<long> RowsStored { get; }

    public Counter<long> BatchesStored { get; }

    public Counter<long> BatchesDuplicate { get; }

    public Counter<long> BatchesRefused { get; }

    public Histogram<double> CommitSeconds { get; }

    public Histogram<double> QuerySeconds { get; }

    public Counter<long> RowsRetired { get; }

    public void Dispose() => _meter.Dispose();
}
