using Kizashi.Store.Embedded.Rollups;
using Kizashi.Store.Embedded.Segments;

namespace Kizashi.Store.Embedded.Compaction;

/// <summary>Chooses what to compact next.</summary>
internal static class CompactionPlan
{
    /// <summary>Raw segments of one kind that are worth a run before they are old.</summary>
    private const int ManyRaw = 16;

    /// <summary>Hour segments of one hour that are worth joining before the hour's day is over.</summary>
    private const int ManyInHour = 8;

    /// <summary>Segments of one day, however compacted, that are worth joining.</summary>
    private const int ManyInDay = 8;

    private const long LittleRows = 4 << 20;
    private const long SmallRows = 2 << 20;
    private const long MostRows = 32 << 20;
    private const long OldMillis = 600_000;
    private const long DayMillis = 86_400_000;
    private const long MostPeriods = 64;

    /// <param name="segments">All live segments.</param>
    /// <param name="covered">Highest sequence number of a sensor whose batches need not be rebuilt any more.</param>
    /// <param name="nowMillis">Milliseconds since 1970 UTC.</param>
    /// <param name="force">Do not wait for more to come.</param>
    public static CompactionJob? Next(
        IReadOnlyList<Segment> segments, Func<string, long> covered, long nowMillis, bool force)
    {
        foreach (var kind in Enum.GetValues<SegmentKind>())
        {
            var own = segments.Where(segment => segment.Kind == kind).ToList();
            if ((Raw(kind, own, covered, nowMillis, force) ?? Hours(kind, own, force) ?? Days(kind, own, nowMillis)) is { } job)
                return job;
        }

        return null;
    }

    private static CompactionJob? Raw(
        SegmentKind kind, List<Segment> segments, Func<string, long> covered, long nowMillis, bool force)
    {
        var limits = new Dictionary<string, long>();
        var ready = segments
            .Where(segment => segment.Tier == SegmentTier.Raw && segment.Sensor is not null && IsCovered(segment))
            .OrderBy(segment => segment.Stored)
            .ToList();
        // What was stored on different days is retired on different days, so it stays apart.
        ready = [.. ready.TakeWhile(segment => segment.Stored - ready[0].Stored < DayMillis)];
        var rows = ready.Sum(segment => segment.Rows);
        var old = ready.Count > 0 && ready.Min(segment => segment.Stored) < nowMillis - OldMillis;
        if (ready.Count == 0 || (!force && !old && ready.Count < ManyRaw && rows < MostRows))
            return null;

        var chosen = Bounded(ready);
        var (first, last) = (chosen.Min(segment => (long)segment.MinSlot), chosen.Max(segment => (long)segment.MaxSlot));
        if (last - first > RollupSpan.Day * MostPeriods)
            return new CompactionJob(kind, chosen, SegmentTier.Hour, long.MaxValue, Merge: true);

        // Little of days that are over, as when an old capture is watched: hours would only be a detour.
        var little = chosen.Sum(segment => segment.Rows) <= LittleRows && IsOver(last / RollupSpan.Day, nowMillis);
        return little || last - first > RollupSpan.Hour * MostPeriods
            ? new CompactionJob(kind, chosen, little ? SegmentTier.Day : SegmentTier.Hour, RollupSpan.Day, Merge: true)
            : new CompactionJob(kind, chosen, SegmentTier.Hour, RollupSpan.Hour, Merge: true);

        bool IsCovered(Segment segment)
        {
            if (!limits.TryGetValue(segment.Sensor!, out var limit))
                limits[segment.Sensor!] = limit = covered(segment.Sensor!);

            return segment.LastSequence <= limit;
        }
    }

    private static CompactionJob? Hours(SegmentKind kind, List<Segment> segments, bool force) => segments
        .Where(segment => segment.Tier == SegmentTier.Hour && segment.Rows < SmallRows && Period(segment, RollupSpan.Hour) is not null)
        .GroupBy(segment => Period(segment, RollupSpan.Hour))
        .Where(hour => hour.Count() >= (force ? 2 : ManyInHour))
        .Select(hour => new CompactionJob(kind, Bounded([.. hour]), SegmentTier.Hour, RollupSpan.Hour, Merge: true))
        .FirstOrDefault(job => job.Inputs.Count > 1);

    private static CompactionJob? Days(SegmentKind kind, List<Segment> segments, long nowMillis) => segments
        .Where(segment => segment.Tier != SegmentTier.Raw)
        .GroupBy(segment => Period(segment, RollupSpan.Day))
        .Where(day => day.Key is { } key && IsOver(key, nowMillis))
        .Where(day => day.Count(segment => segment.Tier == SegmentTier.Hour) > 1 || day.Count() >= ManyInDay)
        .Select(day => new CompactionJob(kind, [.. day], SegmentTier.Day, RollupSpan.Day, Merge: false))
        .FirstOrDefault();

    private static bool IsOver(long day, long nowMillis) =>
        (day + 1) * RollupSpan.Day < (nowMillis / 1000) - RollupSpan.Hour;

    /// <summary>The period that the whole segment lies in, null when it lies in several.</summary>
    private static long? Period(Segment segment, long seconds) =>
        segment.MinSlot / seconds == segment.MaxSlot / seconds ? segment.MinSlot / seconds : null;

    private static List<Segment> Bounded(List<Segment> segments)
    {
        var rows = 0L;
        return [.. segments.TakeWhile((segment, index) => (rows += segment.Rows) <= MostRows || index == 0)];
    }
}
