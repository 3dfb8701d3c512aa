using Kizashi.Store.Embedded.Rollups;
using Kizashi.Store.Embedded.Segments;
using Microsoft.Extensions.Logging;

namespace Kizashi.Store.Embedded.Compaction;

/// <summary>Removes what is too old or too much, the oldest first.</summary>
internal static class Retention
{
    /// <summary>Returns how many segments went.</summary>
    public static int Run(StoreParts store, ILogger logger)
    {
        var options = store.Options;
        var now = store.Time.GetUtcNow();
        var doomed = Doomed(store.Catalog.Segments, options, now);
        store.State.Write(session =>
        {
            foreach (var segment in doomed)
                SegmentTable.Delete(session, segment);

            session.Execute("DELETE FROM batch WHERE stored < $0", Before(now, options.KeepDays).ToUnixTimeMilliseconds());
            session.Execute("DELETE FROM batch_id WHERE stored < $0", Before(now, options.KeepRollupDays).ToUnixTimeMilliseconds());
            RollupStore.Expire(
                session, Before(now, options.KeepMinuteDays).ToUnixTimeMilliseconds(),
                Before(now, options.KeepRollupDays).ToUnixTimeMilliseconds());
            session.Committed(() => store.Catalog.Replace(doomed, []));
        });
        if (doomed.Count == 0)
            return 0;

        var rows = doomed.Sum(segment => segment.Rows);
        store.Metrics.RowsRetired.Add(rows);
        StoreLog.Retired(logger, doomed.Count, rows, doomed.Sum(segment => segment.Bytes));
        return doomed.Count;
    }

    private static List<Segment> Doomed(IReadOnlyList<Segment> segments, EmbeddedStoreOptions options, DateTimeOffset now)
    {
        var limit = Before(now, options.KeepDays).ToUnixTimeMilliseconds();
        var doomed = segments.Where(segment => segment.Stored < limit).ToList();
        if (options.MostBytes == 0)
            return doomed;

        var left = segments.Sum(segment => segment.Bytes) - doomed.Sum(segment => segment.Bytes);
        foreach (var segment in segments.Except(doomed).OrderBy(segment => segment.Stored).ThenBy(segment => segment.MaxSlot).ToList())
        {
            if (left <= options.MostBytes)
                break;

            doomed.Add(segment);
            left -= segment.Bytes;
        }

        return doomed;
    }

    private static DateTimeOffset Before(DateTimeOffset now, double days) =>
        days == 0 ? DateTimeOffset.UnixEpoch : now - TimeSpan.FromDays(days);
}
