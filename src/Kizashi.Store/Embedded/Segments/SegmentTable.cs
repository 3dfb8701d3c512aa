using System.Buffers.Binary;
using Kizashi.Store.Embedded.State;
using Microsoft.Data.Sqlite;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>The table of live segments.</summary>
internal static class SegmentTable
{
    public static List<Segment> All(SqliteSession session) => session.Rows(
        """
        SELECT id, kind, tier, file, rows, packets, bytes, min_slot, max_slot, min_source, max_source,
            simulated, stored, sensor, last_sequence
        FROM segment ORDER BY id
        """,
        Read);

    public static void Insert(SqliteSession session, Segment segment) => session.Execute(
        "INSERT INTO segment VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        segment.Id, (int)segment.Kind, (int)segment.Tier, segment.File, segment.Rows, segment.Packets, segment.Bytes,
        segment.MinSlot, segment.MaxSlot, BatchLedger.ToBytes(segment.MinSource), BatchLedger.ToBytes(segment.MaxSource),
        segment.Simulated ? 1 : 0, segment.Stored, segment.Sensor, segment.LastSequence);

    public static void Delete(SqliteSession session, Segment segment) =>
        session.Execute("DELETE FROM segment WHERE id = $0", segment.Id);

    private static Segment Read(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Kind = (SegmentKind)row.GetInt32(1),
        Tier = (SegmentTier)row.GetInt32(2),
        File = row.GetString(3),
        Rows = row.GetInt64(4),
        Packets = row.GetInt64(5),
        Bytes = row.GetInt64(6),
        MinSlot = (uint)row.GetInt64(7),
        MaxSlot = (uint)row.GetInt64(8),
        MinSource = BinaryPrimitives.ReadUInt128BigEndian(row.GetFieldValue<byte[]>(9)),
        MaxSource = BinaryPrimitives.ReadUInt128BigEndian(row.GetFieldValue<byte[]>(10)),
        Simulated = row.GetInt64(11) != 0,
        Stored = row.GetInt64(12),
        Sensor = row.IsDBNull(13) ? null : row.GetString(13),
        LastSequence = row.IsDBNull(14) ? 0 : row.GetInt64(14),
    };
}
