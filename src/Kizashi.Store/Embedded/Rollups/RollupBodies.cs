using Kizashi.Store.Embedded.State;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kizashi.Store.Embedded.Rollups;

/// <summary>Reads keyed rollups of a range where SQLite holds them, without copying them.</summary>
/// <remarks>An hour of a network that is asked for every port takes a megabyte, most of it sketches.</remarks>
internal static class RollupBodies
{
    /// <summary>Packets by key in the range.</summary>
    public static KeySums Sums(
        SqliteSession session, RollupSubject subject, (long From, long To) range, CancellationToken cancellation)
    {
        var sums = new KeySums();
        ForEach(
            session, "SELECT body FROM rollup", subject, range,
            row => sums.Add(new KeyedReader(Blob(row, 0), [])), cancellation);
        return sums;
    }

    /// <summary>Packets and sources in the range, of all keys or of some.</summary>
    public static KeyedTable Sketches(
        SqliteSession session, RollupSubject subject, (long From, long To) range, IEnumerable<uint>? wanted,
        CancellationToken cancellation)
    {
        var table = new KeyedTable();
        var keys = wanted?.Order().ToArray();
        ForEach(session, "SELECT body, sketches FROM rollup", subject, range, Take, cancellation);
        return table;

        void Take(SqliteDataReader row)
        {
            var reader = new KeyedReader(Blob(row, 0), Blob(row, 1));
            if (keys is null)
            {
                while (reader.Next())
                    reader.MergeInto(table);

                return;
            }

            // Both are in ascending order.
            for (var next = 0; next < keys.Length && reader.Next();)
            {
                while (next < keys.Length && keys[next] < reader.Key)
                    next++;

                if (next < keys.Length && keys[next] == reader.Key)
                    reader.MergeInto(table);
            }
        }
    }

    // Valid until the next row is read.
    private static ReadOnlySpan<byte> Blob(SqliteDataReader row, int column) =>
        raw.sqlite3_column_blob(row.Handle, column);

    private static void ForEach(
        SqliteSession session, string select, RollupSubject subject, (long From, long To) range,
        Action<SqliteDataReader> take, CancellationToken cancellation)
    {
        foreach (var (level, from, to, unfolded) in RollupSpan.Parts(range.From, range.To))
        {
            session.Rows(
                $"{select} WHERE subject = $0 AND level = $1 AND start >= $2 AND start < $3 AND folded <= $4",
                row =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    take(row);
                    return 0;
                },
                (int)subject, (int)level, from, to, unfolded ? 0 : 1);
        }
    }
}
