using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Kizashi.Store.Embedded.Queries;
using Kizashi.Store.Embedded.Segments;
using Kizashi.Store.Embedded.State;
using Microsoft.Extensions.Logging;

namespace Kizashi.Store.Embedded.Compaction;

/// <summary>
/// Turns raw segments into sorted ones of hours and days, so that one address lies in one or two row groups a day.
/// </summary>
/// <remarks>
/// Outputs are finished files before one transaction lists them in place of the inputs; a crash at any moment leaves either
/// the inputs or the outputs listed, and the other files are removed at the next start.
/// </remarks>
internal sealed class Compactor(StoreParts store, string temporary, ILogger logger)
{
    private const int RowGroupRows = 100_000;
    private const long DayMillis = 86_400_000;

    /// <summary>Runs the next job, if there is one.</summary>
    public bool RunNext(bool force, CancellationToken cancellation)
    {
        using var lease = store.Catalog.Read();
        var now = store.Time.GetUtcNow().ToUnixTimeMilliseconds();
        if (CompactionPlan.Next(lease.Segments, sensor => Covered(sensor, now), now, force) is not { } job)
            return false;

        Run(job, now, cancellation);
        return true;
    }

    /// <summary>Rows of the ledger that nothing needs any more.</summary>
    public static void ForgetBatches(SqliteSession session, long nowMillis)
    {
        foreach (var sensor in session.Rows("SELECT name FROM sensor", row => row.GetString(0)))
        {
            session.Execute(
                """
                DELETE FROM batch WHERE sensor = $0 AND sequence <= $1
                AND NOT EXISTS (SELECT 1 FROM segment WHERE id IN (
                    v4_segment, v6_segment, backscatter_segment, sample_segment))
                """,
                sensor, Covered(session, sensor, nowMillis));
        }
    }

    private static long Covered(SqliteSession session, string sensor, long nowMillis) =>
        session.Exists("SELECT 1 FROM checkpoint WHERE sensor = $0", sensor)
            ? session.Number("SELECT sequence FROM checkpoint WHERE sensor = $0", sensor)
            : session.Number(
                "SELECT max(sequence) FROM batch WHERE sensor = $0 AND stored < $1", sensor, nowMillis - DayMillis);

    private static Segment ReadExtent(DuckDBDataReader row, Segment draft)
    {
        var (first, second) = (row.GetFieldValue<ulong>(4), row.GetFieldValue<ulong>(5));
        var (third, fourth) = (row.GetFieldValue<ulong>(6), row.GetFieldValue<ulong>(7));
        var isV4 = draft.Kind == SegmentKind.V4;
        return draft with
        {
            Rows = row.GetInt64(0),
            Packets = row.GetInt64(1),
            MinSlot = (uint)row.GetInt64(2),
            MaxSlot = (uint)row.GetInt64(3),
            MinSource = isV4 ? first : new UInt128(first, second),
            MaxSource = isV4 ? third : new UInt128(third, fourth),
        };
    }

    private long Covered(string sensor, long nowMillis) => store.State.Read(session => Covered(session, sensor, nowMillis));

    private void Run(CompactionJob job, long nowMillis, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        List<Segment> outputs = [];
        try
        {
            using (var tuples = job.Kind == SegmentKind.V4 ? Tuples(job) : null)
            {
                if (tuples is not null)
                    WriteTuples(tuples, job, outputs, cancellation);
                else
                    WriteOthers(job, outputs, cancellation);
            }

            if (outputs.Sum(segment => segment.Packets) != job.Inputs.Sum(segment => segment.Packets))
                throw new InvalidDataException("A compaction would have changed the number of packets; it was given up.");

            store.Folder.Flush();
            Replace(job, outputs, nowMillis);
        }
        catch
        {
            foreach (var output in outputs)
                store.Folder.Delete(output.File);

            throw;
        }

        StoreLog.Compacted(
            logger, job.Inputs.Count, job.Inputs.Sum(segment => segment.Rows), outputs.Count,
            (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private void Replace(CompactionJob job, IReadOnlyList<Segment> outputs, long nowMillis) => store.State.Write(session =>
    {
        foreach (var input in job.Inputs)
            SegmentTable.Delete(session, input);

        foreach (var output in outputs)
            SegmentTable.Insert(session, output);

        ForgetBatches(session, nowMillis);
        session.Committed(() => store.Catalog.Replace([.. job.Inputs], outputs));
    });

    private List<(long From, long To)> Periods(DuckEngine engine, CompactionJob job, CancellationToken cancellation)
    {
        if (job.PeriodSeconds == long.MaxValue)
            return [(0, uint.MaxValue + 1L)];

        var period = job.PeriodSeconds.ToString(CultureInfo.InvariantCulture);
        return engine.Rows(
            $"SELECT DISTINCT ({SegmentSql.Slot(job.Kind)} // {period})::BIGINT FROM {Inputs(job)} ORDER BY 1",
            row => (row.GetInt64(0) * job.PeriodSeconds, (row.GetInt64(0) + 1) * job.PeriodSeconds), cancellation);
    }

    private IEnumerable<string> Paths(CompactionJob job) =>
        job.Inputs.Select(segment => store.Folder.FullPath(segment.File));

    private string Inputs(CompactionJob job) => DuckEngine.ReadParquet(Paths(job));

    private TupleCompaction? Tuples(CompactionJob job) =>
        TupleCompaction.Of(Paths(job), store.Options.CompactionMemory, temporary);

    private void WriteTuples(TupleCompaction tuples, CompactionJob job, List<Segment> outputs, CancellationToken cancellation)
    {
        IEnumerable<(long From, long To)> periods = job.PeriodSeconds == long.MaxValue
            ? [(0, uint.MaxValue + 1L)]
            : tuples.Periods(job.PeriodSeconds, cancellation)
                .Select(period => (period * job.PeriodSeconds, (period + 1) * job.PeriodSeconds));
        foreach (var period in periods)
        {
            var id = store.Folder.NextId();
            var file = SegmentFolder.FileName(job.Kind, job.Tier, id);
            try
            {
                var extent = tuples.Write(store.Folder.UnfinishedPath(file), period, cancellation);
                outputs.Add(Draft(job, id, file) with
                {
                    Rows = extent.Rows,
                    Packets = extent.Packets,
                    MinSlot = extent.MinSlot,
                    MaxSlot = extent.MaxSlot,
                    MinSource = extent.MinSource,
                    MaxSource = extent.MaxSource,
                    Bytes = store.Folder.Finish(file),
                });
            }
            catch
            {
                store.Folder.Delete(file);
                throw;
            }
        }
    }

    private void WriteOthers(CompactionJob job, List<Segment> outputs, CancellationToken cancellation)
    {
        using var engine = new DuckEngine(
            store.Options.CompactionMemory, Math.Max(1, Environment.ProcessorCount / 2), temporary);
        foreach (var (from, to) in Periods(engine, job, cancellation))
            outputs.Add(Write(engine, job, (from, to), cancellation));
    }

    private Segment Write(DuckEngine engine, CompactionJob job, (long From, long To) period, CancellationToken cancellation)
    {
        var id = store.Folder.NextId();
        var file = SegmentFolder.FileName(job.Kind, job.Tier, id);
        var path = store.Folder.UnfinishedPath(file);
        try
        {
            var where = SegmentSql.Between(job.Kind, period.From, period.To);
            var rows = SegmentSql.Sorted(job.Kind, Inputs(job), where, job.Merge);
            engine.Execute(
                string.Create(CultureInfo.InvariantCulture, $"""
                    COPY ({rows}) TO {DuckEngine.Quote(path)}
                    (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {RowGroupRows})
                    """),
                cancellation);
            var draft = Draft(job, id, file);
            var segment = engine.Rows(
                SegmentSql.Extent(job.Kind, DuckEngine.ReadParquet([path])), row => ReadExtent(row, draft), cancellation)[0];
            return segment with { Bytes = store.Folder.Finish(file) };
        }
        catch
        {
            store.Folder.Delete(file);
            throw;
        }
    }

    private static Segment Draft(CompactionJob job, long id, string file) => new()
    {
        Id = id,
        Kind = job.Kind,
        Tier = job.Tier,
        File = file,
        Rows = 0,
        Packets = 0,
        Bytes = 0,
        MinSlot = 0,
        MaxSlot = 0,
        MinSource = 0,
        MaxSource = 0,
        Simulated = job.Inputs.Any(segment => segment.Simulated),
        Stored = job.Inputs.Max(segment => segment.Stored),
    };
}
