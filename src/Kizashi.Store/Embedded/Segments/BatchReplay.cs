using System.Buffers.Binary;
using System.Text.Json;
using Kizashi.Core;
using Kizashi.Core.Observations;
using Kizashi.Store.Embedded.State;
using Microsoft.Data.Sqlite;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>Rebuilds committed batches from raw segments in the order of their commit.</summary>
internal sealed class BatchReplay(StateDatabase state, SegmentCatalog catalog, SegmentFolder folder)
{
    private const int Page = 1024;

    public IEnumerable<(long Sequence, ObservationBatch Batch)> After(string sensor, long sequence)
    {
        using var lease = catalog.Read();
        var live = lease.Segments.ToDictionary(segment => segment.Id, segment => segment.File);
        using var cursors = new Cursors(state, folder, live, sensor);
        while (true)
        {
            var rows = state.Read(session => session.Rows(
                """
                SELECT sequence, id, shard, shards, from_ms, watermark_ms, simulated, health,
                    v4_rows, v6_rows, backscatter_v4_rows, backscatter_v6_rows, samples,
                    v4_segment, v6_segment, backscatter_segment, sample_segment
                FROM batch WHERE sensor = $0 AND sequence > $1 ORDER BY sequence LIMIT $2
                """,
                Read, sensor, sequence, Page));
            foreach (var row in rows)
            {
                sequence = row.Sequence;
                if (row.Segments.All(segment => segment is null || live.ContainsKey(segment.Value)))
                    yield return (sequence, Rebuild(sensor, row, cursors));
            }

            if (rows.Count < Page)
                yield break;
        }
    }

    private static ObservationBatch Rebuild(string sensor, Row row, Cursors cursors)
    {
        var pending = row.Batch;
        var batch = new ObservationBatch
        {
            Id = new BatchId(pending.Id),
            Sensor = sensor,
            Shard = pending.Shard,
            Shards = pending.Shards,
            FromMillis = pending.FromMillis,
            WatermarkMillis = pending.WatermarkMillis,
            Simulated = pending.Simulated,
            Health = pending.Health,
            Samples = pending.Samples == 0
                ? []
                : cursors.At(SegmentKind.Sample, row).ReadSamples(pending.Samples),
            V4 = new FlowTuples<uint>(pending.V4Rows),
            V6 = new FlowTuples<UInt128>(pending.V6Rows),
            BackscatterV4 = new Backscatter<uint>(pending.BackscatterV4Rows),
            BackscatterV6 = new Backscatter<UInt128>(pending.BackscatterV6Rows),
        };
        if (pending.V4Rows > 0)
            cursors.At(SegmentKind.V4, row).Read(batch.V4, pending.V4Rows);

        if (pending.V6Rows > 0)
            cursors.At(SegmentKind.V6, row).Read(batch.V6, pending.V6Rows);

        if (pending.RowsOf(SegmentKind.Backscatter) == 0)
            return batch;

        var backscatter = cursors.At(SegmentKind.Backscatter, row);
        var v4 = new Backscatter<UInt128>(pending.BackscatterV4Rows);
        backscatter.Read(v4, pending.BackscatterV4Rows);
        ColumnCopy.Narrow(v4, batch.BackscatterV4);
        backscatter.Read(batch.BackscatterV6, pending.BackscatterV6Rows);
        return batch;
    }

    private static Row Read(SqliteDataReader row) => new(
        row.GetInt64(0),
        new PendingBatch
        {
            Id = BinaryPrimitives.ReadUInt128BigEndian(row.GetFieldValue<byte[]>(1)),
            Shard = row.GetInt32(2),
            Shards = row.GetInt32(3),
            FromMillis = row.GetInt64(4),
            WatermarkMillis = row.GetInt64(5),
            Simulated = row.GetInt64(6) != 0,
            Health = JsonSerializer.Deserialize<SensorHealth>(row.GetString(7), KizashiJson.Options) ?? new SensorHealth(),
            V4Rows = row.GetInt32(8),
            V6Rows = row.GetInt32(9),
            BackscatterV4Rows = row.GetInt32(10),
            BackscatterV6Rows = row.GetInt32(11),
            Samples = row.GetInt32(12),
        },
        [.. Enumerable.Range(13, 4).Select(column => row.IsDBNull(column) ? (long?)null : row.GetInt64(column))]);

    /// <summary>A batch of the ledger and the segments of its rows, by <see cref="SegmentKind"/>.</summary>
    private sealed record Row(long Sequence, PendingBatch Batch, long?[] Segments);

    /// <summary>The segment being read of each kind; batches of one commit lie in it one behind the other.</summary>
    private sealed class Cursors(
        StateDatabase state, SegmentFolder folder, Dictionary<long, string> files, string sensor) : IDisposable
    {
        private readonly SegmentFileReader?[] _readers = new SegmentFileReader?[4];
        private readonly long[] _segments = new long[4];

        public SegmentFileReader At(SegmentKind kind, Row row)
        {
            var place = (int)kind;
            var segment = row.Segments[place]
                ?? throw new InvalidDataException("The ledger counts rows of a batch and names no segment.");
            if (_readers[place] is { } open && _segments[place] == segment)
                return open;

            _readers[place]?.Dispose();
            var reader = new SegmentFileReader(folder.FullPath(files[segment]));
            _readers[place] = reader;
            _segments[place] = segment;
            reader.Skip(state.Read(session => session.Number(RowsBefore(kind), sensor, row.Sequence, segment)));
            return reader;
        }

        public void Dispose()
        {
            foreach (var reader in _readers)
                reader?.Dispose();
        }

        private static string RowsBefore(SegmentKind kind) => kind switch
        {
            SegmentKind.V4 =>
                "SELECT coalesce(sum(v4_rows), 0) FROM batch WHERE sensor = $0 AND sequence < $1 AND v4_segment = $2",
            SegmentKind.V6 =>
                "SELECT coalesce(sum(v6_rows), 0) FROM batch WHERE sensor = $0 AND sequence < $1 AND v6_segment = $2",
            SegmentKind.Backscatter =>
                """
                SELECT coalesce(sum(backscatter_v4_rows + backscatter_v6_rows), 0) FROM batch
                WHERE sensor = $0 AND sequence < $1 AND backscatter_segment = $2
                """,
            _ => "SELECT coalesce(sum(samples), 0) FROM batch WHERE sensor = $0 AND sequence < $1 AND sample_segment = $2",
        };
    }
}
