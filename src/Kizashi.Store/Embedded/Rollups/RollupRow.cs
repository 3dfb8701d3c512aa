using Microsoft.Data.Sqlite;

namespace Kizashi.Store.Embedded.Rollups;

/// <summary>One stored rollup with everything in it.</summary>
internal sealed record RollupRow(long Id, long Start, bool Folded, long Packets, long Tuples, StoredBody Body, long Stored)
{
    /// <summary>Reads the columns id, start, folded, packets, tuples, body, stored, sketches.</summary>
    public static RollupRow Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2) != 0, row.GetInt64(3), row.GetInt64(4),
        new StoredBody(row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(7)), row.GetInt64(6));
}
