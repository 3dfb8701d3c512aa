using System.Diagnostics;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Parquet;
using Kizashi.Store.Embedded.Rollups;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>Takes one shard's batches into column buffers and writes them as segments.</summary>
internal sealed class ShardWriter : IObservationWriter
{
    private const int MostPending = 16_384;
    private const int MostSamples = 65_536;

    /// <summary>How far past its last packet a watermark may claim that the sensor was observing.</summary>
    private const long MostQuietMillis = 600_000;

    private readonly StoreParts _store;
    private readonly string _sensor;
    private readonly RollupAccumulator _rollups;
    private readonly FlowTuples<uint> _v4;
    private readonly FlowTuples<UInt128> _v6;
    private readonly Backscatter<UInt128> _backscatter = new(0);
    private readonly List<PacketSample> _samples = [];
    private readonly List<PendingBatch> _pending = [];
    private readonly List<(long From, long To)> _coverage = [];
    private readonly SegmentDraft[] _drafts;
    private readonly long? _again;
    private readonly int _most;
    private long _rows;
    private long _watermark;
    private bool _disposed;

    public ShardWriter(StoreParts store, string sensor, bool again, int? buffered)
    {
        _most = Math.Min(store.Options.RowGroupRows, buffered ?? int.MaxValue);
        _store = store;
        _sensor = sensor;
        _again = again ? store.Time.GetUtcNow().UtcTicks : null;
        _rollups = new RollupAccumulator(store.Hash, store.Countries);
        _v4 = new FlowTuples<uint>(0);
        _v6 = new FlowTuples<UInt128>(0);
        var buffers = new EncoderBuffers();
        _drafts = [.. Enum.GetValues<SegmentKind>().Select(kind => new SegmentDraft(store.Folder, kind, buffers))];
    }

    public AppendOutcome Append(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var id = _again is { } run ? BatchId.From(batch.Id.Value, run, batch.Shard).Value : batch.Id.Value;
        try
        {
            if (!_store.Ledger.Claim(id))
            {
                _store.Metrics.BatchesDuplicate.Add(1);
                return AppendOutcome.Duplicate;
            }

            if (!_store.Guard.Admits())
            {
                _store.Ledger.Release([Pending(batch, id)]);
                Refuse(1);
                return AppendOutcome.Refused;
            }

            _pending.Add(Pending(batch, id));
            Take(batch);
        }
        catch (Exception exception) when (DiskGuard.IsStorageFailure(exception))
        {
            Fail(exception);
            return AppendOutcome.Refused;
        }

        var full = _rows >= _store.Options.CommitRows || _pending.Count >= MostPending || _samples.Count >= MostSamples;
        return full && !Commit() ? AppendOutcome.Refused : AppendOutcome.Taken;
    }

    public bool Commit()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_pending.Count == 0)
            return true;

        var started = Stopwatch.GetTimestamp();
        try
        {
            FlushAll();
            var stored = _store.Time.GetUtcNow().ToUnixTimeMilliseconds();
            List<Segment> segments = [];
            foreach (var draft in _drafts)
            {
                if (draft.Finish(stored) is { } segment)
                    segments.Add(segment);
            }

            if (segments.Count > 0)
                _store.Folder.Flush();

            _store.Ledger.Commit(new CommitRecord(_sensor, _pending, segments, _rollups.Parts(), _coverage));
        }
        catch (Exception exception) when (DiskGuard.IsStorageFailure(exception))
        {
            Fail(exception);
            return false;
        }

        _store.Metrics.BatchesStored.Add(_pending.Count);
        _store.Metrics.RowsStored.Add(_rows);
        _store.Metrics.CommitSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        foreach (var draft in _drafts)
            draft.Forget();

        Reset();
        return true;
    }

    /// <summary>Commits what was taken, as each batch is whole.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        Commit();
        foreach (var draft in _drafts)
            draft.Dispose();

        _disposed = true;
    }

    private static PendingBatch Pending(ObservationBatch batch, UInt128 id) => new()
    {
        Id = id,
        Shard = batch.Shard,
        Shards = batch.Shards,
        FromMillis = batch.FromMillis,
        WatermarkMillis = batch.WatermarkMillis,
        Simulated = batch.Simulated,
        Health = batch.Health,
        V4Rows = batch.V4.Count,
        V6Rows = batch.V6.Count,
        BackscatterV4Rows = batch.BackscatterV4.Count,
        BackscatterV6Rows = batch.BackscatterV6.Count,
        Samples = batch.Samples.Count,
    };

    private void Take(ObservationBatch batch)
    {
        var latest = 0u;
        var extent = SegmentExtent.Empty;
        extent.Simulated = batch.Simulated;
        _rollups.Add(batch.V4, ref extent);
        latest = Math.Max(latest, Include(SegmentKind.V4, extent));
        for (var at = 0; at < batch.V4.Count;)
        {
            at += ColumnCopy.Append(batch.V4, at, _v4, _most);
            if (_v4.Count >= _most)
                Flush(_v4);
        }

        extent = SegmentExtent.Empty;
        extent.Simulated = batch.Simulated;
        _rollups.Add(batch.V6, ref extent);
        latest = Math.Max(latest, Include(SegmentKind.V6, extent));
        for (var at = 0; at < batch.V6.Count;)
        {
            at += ColumnCopy.Append(batch.V6, at, _v6, _most);
            if (_v6.Count >= _most)
                Flush(_v6);
        }

        latest = Math.Max(latest, TakeBackscatter(batch));
        TakeSamples(batch);
        _rows += batch.Rows;
        Cover(batch, latest);
    }

    private uint TakeBackscatter(ObservationBatch batch)
    {
        var extent = SegmentExtent.Empty;
        extent.Simulated = batch.Simulated;
        ColumnCopy.Append(batch.BackscatterV4, _backscatter, ref extent);
        ColumnCopy.Append(batch.BackscatterV6, _backscatter, ref extent);
        if (_backscatter.Count >= _most)
            Flush(_backscatter);

        return Include(SegmentKind.Backscatter, extent);
    }

    private void TakeSamples(ObservationBatch batch)
    {
        var extent = SegmentExtent.Empty;
        extent.Simulated = batch.Simulated;
        foreach (var sample in batch.Samples)
        {
            var second = (uint)Math.Clamp(sample.TimeMicros / 1_000_000, 0, uint.MaxValue);
            extent.Rows++;
            extent.Add(second, second, sample.Subject.Value, sample.Subject.Value);
            _samples.Add(sample);
        }

        Include(SegmentKind.Sample, extent);
    }

    private uint Include(SegmentKind kind, in SegmentExtent extent)
    {
        if (extent.Rows == 0)
            return 0;

        _drafts[(int)kind].Include(extent);
        return extent.MaxSlot;
    }

    private void Cover(ObservationBatch batch, uint latestSlot)
    {
        var from = batch.FromMillis > 0 ? batch.FromMillis : _watermark;
        if (_watermark > 0 && _watermark < from)
            from = _watermark;

        var seen = Math.Max(latestSlot * 1000L, from);
        var to = Math.Max(Math.Min(batch.WatermarkMillis, seen + MostQuietMillis), seen + 1);
        if (batch.WatermarkMillis > _watermark)
            _watermark = Math.Min(batch.WatermarkMillis, seen + MostQuietMillis);

        if (from <= 0)
            return;

        if (_coverage.Count > 0 && from <= _coverage[^1].To + CoverageMap.JoinMillis && to >= _coverage[^1].From)
            _coverage[^1] = (Math.Min(from, _coverage[^1].From), Math.Max(to, _coverage[^1].To));
        else
            _coverage.Add((from, to));
    }

    private void FlushAll()
    {
        Flush(_v4);
        Flush(_v6);
        Flush(_backscatter);
        if (_samples.Count == 0)
            return;

        _drafts[(int)SegmentKind.Sample].File.Write(_samples);
        _samples.Clear();
    }

    private void Flush(FlowTuples<uint> rows)
    {
        if (rows.Count == 0)
            return;

        _drafts[(int)SegmentKind.V4].File.Write(rows);
        rows.Count = 0;
    }

    private void Flush(FlowTuples<UInt128> rows)
    {
        if (rows.Count == 0)
            return;

        _drafts[(int)SegmentKind.V6].File.Write(rows);
        rows.Count = 0;
    }

    private void Flush(Backscatter<UInt128> rows)
    {
        if (rows.Count == 0)
            return;

        _drafts[(int)SegmentKind.Backscatter].File.Write(rows);
        rows.Count = 0;
    }

    private void Fail(Exception exception)
    {
        Refuse(_pending.Count);
        _store.Guard.Fail(exception);
        Abandon();
    }

    private void Refuse(int batches)
    {
        _store.Guard.CountRefused(batches);
        _store.Metrics.BatchesRefused.Add(batches);
    }

    private void Abandon()
    {
        _store.Ledger.Release(_pending);
        foreach (var draft in _drafts)
            draft.Abandon();

        Reset();
    }

    private void Reset()
    {
        _pending.Clear();
        _coverage.Clear();
        _samples.Clear();
        _rollups.Clear();
        _v4.Count = 0;
        _v6.Count = 0;
        _backscatter.Count = 0;
        _rows = 0;
    }
}
