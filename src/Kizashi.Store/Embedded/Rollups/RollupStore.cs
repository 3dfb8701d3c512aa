using Kizashi.Store.Embedded.State;

namespace Kizashi.Store.Embedded.Rollups;

/// <summary>
/// The rollups in SQLite: added with the segments they sum up, folded into hours and days, forgotten in time.
/// </summary>
internal static class RollupStore
{
    private const string Insert =
        """
        INSERT INTO rollup (subject, level, start, sensor, folded, packets, tuples, body, stored, sketches)
        VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    public static void Add(SqliteSession session, string sensor, IReadOnlyList<RollupPart> parts, long stored)
    {
        foreach (var part in parts)
        {
            session.Execute(
                Insert, (int)part.Subject, (int)RollupLevel.Minute, part.Start,
                part.Subject == RollupSubject.Series ? sensor : "", 0, part.Packets, part.Tuples, part.Body.Sums, stored,
                part.Body.Sketches);
        }
    }

    /// <summary>Folds what is new, at most this many hours; true when there is more.</summary>
    public static bool Fold(SqliteSession session, int most)
    {
        var hours = session.Rows(
            "SELECT DISTINCT start / 3600 * 3600 FROM rollup WHERE level = 0 AND folded = 0 ORDER BY 1 LIMIT $0",
            row => row.GetInt64(0), most + 1);
        foreach (var hour in hours.Take(most))
        {
            foreach (var (subject, sensor) in Groups(session, RollupLevel.Minute, hour, hour + RollupSpan.Hour))
                FoldHour(session, subject, sensor, hour);
        }

        FoldDays(session);
        return hours.Count > most;
    }

    /// <summary>
    /// Removes rollups of minutes that were stored before the first time, and all that were before the second, in
    /// milliseconds.
    /// </summary>
    public static int Expire(SqliteSession session, long minutesBefore, long allBefore) =>
        session.Execute("DELETE FROM rollup WHERE level = 0 AND folded = 1 AND stored < $0", minutesBefore)
        + session.Execute("DELETE FROM rollup WHERE stored < $0", allBefore);

    private static List<(RollupSubject Subject, string Sensor)> Groups(
        SqliteSession session, RollupLevel level, long from, long to) => session.Rows(
            "SELECT DISTINCT subject, sensor FROM rollup WHERE level = $0 AND folded = 0 AND start >= $1 AND start < $2",
            row => ((RollupSubject)row.GetInt32(0), row.GetString(1)), (int)level, from, to);

    private static void FoldHour(SqliteSession session, RollupSubject subject, string sensor, long hour)
    {
        var total = new RollupBody(subject);
        var minutes = Load(session, subject, RollupLevel.Minute, sensor, hour, hour + RollupSpan.Hour);
        foreach (var minute in minutes.GroupBy(row => row.Start))
        {
            var whole = new RollupBody(subject);
            foreach (var row in minute.Where(row => !row.Folded))
                total.Merge(row);

            foreach (var row in minute)
                whole.Merge(row);

            Replace(session, [.. minute], whole, (RollupLevel.Minute, minute.Key, true), sensor);
        }

        var hours = Load(session, subject, RollupLevel.Hour, sensor, hour, hour + 1).Where(row => !row.Folded).ToList();
        foreach (var row in hours)
            total.Merge(row);

        Replace(session, hours, total, (RollupLevel.Hour, hour, false), sensor);
    }

    // The newest hour still grows; its day waits until the next one begins.
    private static void FoldDays(SqliteSession session)
    {
        var newest = session.Number("SELECT max(start) FROM rollup WHERE level = 1 AND subject = 0");
        var days = session.Rows(
            "SELECT DISTINCT start / 86400 * 86400 FROM rollup WHERE level = 1 AND folded = 0 AND start < $0",
            row => row.GetInt64(0), newest);
        foreach (var day in days)
        {
            foreach (var (subject, sensor) in Groups(session, RollupLevel.Hour, day, day + RollupSpan.Day))
                FoldDay(session, (subject, sensor), day, newest);
        }
    }

    private static void FoldDay(SqliteSession session, (RollupSubject Subject, string Sensor) group, long day, long newest)
    {
        var (subject, sensor) = group;
        var total = new RollupBody(subject);
        var days = Load(session, subject, RollupLevel.Day, sensor, day, day + 1);
        foreach (var row in days)
            total.Merge(row);

        var hours = Load(session, subject, RollupLevel.Hour, sensor, day, Math.Min(newest, day + RollupSpan.Day));
        foreach (var hour in hours.GroupBy(row => row.Start))
        {
            var whole = new RollupBody(subject);
            foreach (var row in hour.Where(row => !row.Folded))
                total.Merge(row);

            foreach (var row in hour)
                whole.Merge(row);

            if (hour.Any(row => !row.Folded))
                Replace(session, [.. hour], whole, (RollupLevel.Hour, hour.Key, true), sensor);
        }

        Replace(session, days, total, (RollupLevel.Day, day, false), sensor);
    }

    private static List<RollupRow> Load(
        SqliteSession session, RollupSubject subject, RollupLevel level, string sensor, long from, long to) => session.Rows(
            """
            SELECT id, start, folded, packets, tuples, body, stored, sketches FROM rollup
            WHERE subject = $0 AND level = $1 AND sensor = $2 AND start >= $3 AND start < $4 ORDER BY start
            """,
            RollupRow.Read, (int)subject, (int)level, sensor, from, to);

    private static void Replace(
        SqliteSession session, IReadOnlyList<RollupRow> old, RollupBody body,
        (RollupLevel Level, long Start, bool Folded) place, string sensor)
    {
        if (old.Count == 1 && old[0].Folded == place.Folded && old[0].Packets == body.Packets && old[0].Tuples == body.Tuples)
            return;

        foreach (var row in old)
            session.Execute("DELETE FROM rollup WHERE id = $0", row.Id);

        var stored = body.Write();
        session.Execute(
            Insert, (int)body.Subject, (int)place.Level, place.Start, sensor, place.Folded ? 1 : 0,
            body.Packets, body.Tuples, stored.Sums, body.Stored, stored.Sketches);
    }
}
