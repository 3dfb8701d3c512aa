using System.Globalization;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Compaction;
using Kizashi.Store.Embedded.Queries;
using Kizashi.Store.Embedded.Rollups;
using Kizashi.Store.Embedded.Segments;

namespace Kizashi.Store.Embedded.Maintenance;

/// <summary>Writes observations of a time range into files for other tools, one for each kind and UTC day.</summary>
internal sealed class StoreExporter(StoreParts store, DuckEngine engine)
{
    private static readonly int[] Shifts = [48, 32, 16, 0];

    public ExportReport Export(
        TimeRange range, string folder, ExportFormat format,
        IProgress<MaintenanceProgress>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        using var lease = store.Catalog.Read();
        var (from, to) = (range.From.ToUnixTimeSeconds(), (range.To.ToUnixTimeMilliseconds() + 999) / 1000);
        var steps = Steps(lease.Segments, from, to);
        List<string> files = [];
        var rows = 0L;
        for (var index = 0; index < steps.Count; index++)
        {
            var (kind, day) = steps[index];
            var path = Path.Combine(folder, FileName(kind, day, format));
            var begin = Math.Max(from, day * RollupSpan.Day);
            var written = Write(lease.Segments, (kind, begin, Math.Min(to, (day + 1) * RollupSpan.Day)), (path, format), cancellation);
            rows += written;
            if (written > 0)
                files.Add(path);

            progress?.Report(new MaintenanceProgress(index + 1, steps.Count, Path.GetFileName(path)));
        }

        return new ExportReport(files, rows, files.Sum(path => new FileInfo(path).Length));
    }

    private static List<(SegmentKind Kind, long Day)> Steps(IReadOnlyList<Segment> segments, long from, long to)
    {
        var steps = new SortedSet<(SegmentKind, long)>();
        foreach (var segment in segments)
        {
            var first = Math.Max(from, segment.MinSlot) / RollupSpan.Day;
            var last = Math.Min(to - 1, segment.MaxSlot) / RollupSpan.Day;
            for (var day = first; day <= last; day++)
                steps.Add((segment.Kind, day));
        }

        return [.. steps];
    }

    private static string FileName(SegmentKind kind, long day, ExportFormat format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name(kind)}-{DateTime.UnixEpoch.AddDays(day):yyyy-MM-dd}.{(format == ExportFormat.Csv ? "csv" : "parquet")}");

    private static string Name(SegmentKind kind) => kind switch
    {
        SegmentKind.V4 => "flowtuples-v4",
        SegmentKind.V6 => "flowtuples-v6",
        SegmentKind.Backscatter => "backscatter",
        _ => "samples",
    };

    private static string CsvColumns(SegmentKind kind)
    {
        const string Time = "strftime(to_timestamp(slot) AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ') AS slot";
        const string Rest =
            "source_port, destination_port, protocol, ttl, tcp_flags, length, syn_length, syn_window, marks, packets, first_ms, last_ms";
        return kind switch
        {
            SegmentKind.V4 => $"{Time}, {V4("source")}, {V4("destination")}, {Rest}",
            SegmentKind.V6 => $"{Time}, {Wide("source")}, {Wide("destination")}, {Rest}",
            SegmentKind.Backscatter =>
                $"{Time}, {Wide("victim")}, protocol, reasons, victim_port, packets, bytes, mismatches, first_ms, last_ms",
            _ => $"time_us, {Wide("subject")}, {Wide("source")}, {Wide("destination")}, protocol, port, wire_length, hex(packet) AS packet",
        };
    }

    private static string V4(string column) =>
        $"concat({column} >> 24, '.', ({column} >> 16) & 255, '.', ({column} >> 8) & 255, '.', {column} & 255) AS {column}";

    // The mapped block is IPv4 and is written so; the rest as eight groups, which every tool reads.
    private static string Wide(string column)
    {
        var low = $"{column}_low";
        var high = $"{column}_high";
        var groups = string.Join(", ", new[] { high, low }.SelectMany(
            half => Shifts.Select(shift => $"({half} >> {shift}) & 65535")));
        return $"""
            CASE WHEN {high} = 0 AND {low} >> 32 = 65535
            THEN concat(({low} >> 24) & 255, '.', ({low} >> 16) & 255, '.', ({low} >> 8) & 255, '.', {low} & 255)
            ELSE printf('%x:%x:%x:%x:%x:%x:%x:%x', {groups}) END AS {column}
            """;
    }

    private long Write(
        IReadOnlyList<Segment> segments, (SegmentKind Kind, long From, long To) part, (string Path, ExportFormat Format) output,
        CancellationToken cancellation)
    {
        var files = segments
            .Where(segment => segment.Kind == part.Kind && segment.MinSlot < part.To && segment.MaxSlot >= part.From)
            .Select(segment => store.Folder.FullPath(segment.File)).ToList();
        if (files.Count == 0)
            return 0;

        var csv = output.Format == ExportFormat.Csv;
        var from = $"{DuckEngine.ReadParquet(files)} WHERE {SegmentSql.Between(part.Kind, part.From, part.To)}";
        var rows = engine.Rows($"SELECT count(*) FROM {from}", row => row.GetInt64(0), cancellation)[0];
        if (rows == 0)
            return 0;

        engine.Execute(
            $"""
            COPY (SELECT {(csv ? CsvColumns(part.Kind) : "*")} FROM {from})
            TO {DuckEngine.Quote(output.Path)} ({(csv ? "FORMAT csv, HEADER" : "FORMAT parquet, COMPRESSION zstd")})
            """,
            cancellation);
        return rows;
    }
}
