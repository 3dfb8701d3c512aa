using System.Globalization;
using DuckDB.NET.Data;
using Kizashi.Store.Embedded.Queries;
using Kizashi.Store.Embedded.Segments;

namespace Kizashi.Store.Embedded.Maintenance;

/// <summary>Compares what the ledger says with what is on the disk, reading every value of every segment.</summary>
internal sealed class StoreChecker(StoreParts store, DuckEngine engine)
{
    private readonly List<string> _problems = [];

    public CheckReport Check(IProgress<MaintenanceProgress>? progress, CancellationToken cancellation)
    {
        _problems.AddRange(store.State.Read(session => session.Rows("PRAGMA integrity_check", row => row.GetString(0)))
            .Where(line => line != "ok").Select(line => $"{State.StateDatabase.FileName}: {line}"));
        using var lease = store.Catalog.Read();
        var listed = store.State.Read(SegmentTable.All);
        CheckUnlisted(listed);
        var rows = 0L;
        for (var index = 0; index < listed.Count; index++)
        {
            var segment = listed[index];
            rows += CheckSegment(segment, cancellation);
            progress?.Report(new MaintenanceProgress(index + 1, listed.Count, segment.File));
        }

        CheckLedger(listed);
        return new CheckReport(listed.Count, rows, _problems);
    }

    // A writer's unfinished file and one whose last reader is still at work are not faults.
    private void CheckUnlisted(List<Segment> listed)
    {
        var known = listed.Select(segment => segment.File).ToHashSet();
        _problems.AddRange(store.Folder.Files()
            .Where(file => file.EndsWith(".parquet", StringComparison.Ordinal) && !known.Contains(file)
                && store.Catalog.Segments.All(segment => segment.File != file))
            .Select(file => $"{file}: no ledger lists it; the next start removes it."));
    }

    private long CheckSegment(Segment segment, CancellationToken cancellation)
    {
        var path = store.Folder.FullPath(segment.File);
        if (!File.Exists(path))
        {
            if (store.Catalog.Segments.Any(live => live.Id == segment.Id) || IsListed(segment))
                _problems.Add($"{segment.File}: the file is missing, with {Text(segment.Rows)} rows.");

            return 0;
        }

        try
        {
            var from = DuckEngine.ReadParquet([path]);
            var packets = segment.Kind == SegmentKind.Sample ? "0" : "coalesce(sum(packets), 0)";
            var (rows, sum) = engine.Rows(
                $"SELECT count(*), ({packets})::BIGINT, bit_xor(hash(rows)) FROM {from} AS rows",
                row => (row.GetInt64(0), row.GetInt64(1)), cancellation)[0];
            if (rows != segment.Rows)
                _problems.Add($"{segment.File}: {Text(rows)} rows, the ledger says {Text(segment.Rows)}.");

            if (sum != segment.Packets)
                _problems.Add($"{segment.File}: {Text(sum)} packets, the ledger says {Text(segment.Packets)}.");

            return rows;
        }
        catch (DuckDBException exception)
        {
            _problems.Add($"{segment.File}: cannot be read ({exception.Message.Split('\n', 2)[0]}).");
            return 0;
        }
    }

    private bool IsListed(Segment segment) =>
        store.State.Read(session => session.Exists("SELECT 1 FROM segment WHERE id = $0", segment.Id));

    private void CheckLedger(List<Segment> listed)
    {
        var raw = listed.Where(segment => segment.Tier == SegmentTier.Raw).ToDictionary(segment => segment.Id);
        foreach (var (column, rows) in new[]
        {
            ("v4_segment", "v4_rows"), ("v6_segment", "v6_rows"),
            ("backscatter_segment", "backscatter_v4_rows + backscatter_v6_rows"), ("sample_segment", "samples"),
        })
        {
            var sums = store.State.Read(session => session.Rows(
                $"SELECT {column}, sum({rows}) FROM batch WHERE {column} IS NOT NULL GROUP BY 1",
                row => (Id: row.GetInt64(0), Rows: row.GetInt64(1))));
            _problems.AddRange(sums
                .Where(sum => raw.TryGetValue(sum.Id, out var segment) && segment.Rows != sum.Rows)
                .Select(sum => $"{raw[sum.Id].File}: its batches have {Text(sum.Rows)} rows, the segment {Text(raw[sum.Id].Rows)}."));
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
