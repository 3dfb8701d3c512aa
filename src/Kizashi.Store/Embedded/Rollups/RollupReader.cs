using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.State;
using Microsoft.Data.Sqlite;

namespace Kizashi.Store.Embedded.Rollups;

/// <summary>Answers the questions of the overview from rollups alone.</summary>
internal sealed class RollupReader(StateDatabase state, CoverageMap coverage)
{
    /// <summary>Buckets a series may have; more would only be a mistake.</summary>
    private const int MostBuckets = 1_000_000;

    /// <remarks>
    /// Buckets start at multiples of their length since 1970 UTC and are whole: the first one contains the range's
    /// start.
    /// </remarks>
    public IReadOnlyList<SeriesPoint> Series(TimeRange range, TimeSpan bucket, string? sensor, CancellationToken cancellation)
    {
        var (from, to, step) = Buckets(range, bucket);
        var count = (to - from) / step;
        if (count <= 0)
            return [];

        var packets = new long[count];
        var seen = new bool[count];
        var estimates = new long[count];
        FillSeries(new SeriesTarget(from, to, step, packets, seen, estimates), sensor, cancellation);
        var points = new SeriesPoint[count];
        for (var index = 0; index < count; index++)
        {
            var start = from + (index * step);
            var observed = seen[index] || coverage.Covers(sensor, start * 1000, (start + step) * 1000);
            points[index] = observed
                ? new SeriesPoint(At(start), packets[index], estimates[index])
                : new SeriesPoint(At(start), null, null);
        }

        return points;
    }

    public IReadOnlyList<PortActivity> Ports(TimeRange range, int top, bool rising, CancellationToken cancellation)
    {
        var (from, to) = Minutes(range);
        var length = to - from;
        return state.ReadConsistently(session =>
        {
            var now = RollupBodies.Sums(session, RollupSubject.Ports, (from, to), cancellation);
            var observedBefore = coverage.CoversMost((from - length) * 1000, from * 1000);
            var before = observedBefore
                ? RollupBodies.Sums(session, RollupSubject.Ports, (from - length, from), cancellation)
                : new KeySums();
            var chosen = now.Top(top, rising && observedBefore ? before : null);
            var table = RollupBodies.Sketches(
                session, RollupSubject.Ports, (from, to), chosen.Select(port => port.Key), cancellation);
            return chosen.ConvertAll(port => new PortActivity(
                (byte)(port.Key >> 16), (ushort)port.Key, (long)port.Packets,
                observedBefore ? (long)before[port.Key] : null,
                Math.Max(1, (long)Math.Round(table.Sources(table.Entry(port.Key))))));
        });
    }

    /// <summary>Packets and sources of one port per bucket; null where no sensor observed.</summary>
    /// <remarks>Buckets are those of <see cref="Series"/>.</remarks>
    public IReadOnlyList<SeriesPoint> Port(
        (byte Protocol, ushort Number) port, TimeRange range, TimeSpan bucket, CancellationToken cancellation)
    {
        var (from, to, step) = Buckets(range, bucket);
        var key = ((uint)port.Protocol << 16) | port.Number;
        return state.ReadConsistently(session =>
        {
            var points = new List<SeriesPoint>((int)Math.Max(0, (to - from) / step));
            for (var start = from; start < to; start += step)
            {
                var table = RollupBodies.Sketches(session, RollupSubject.Ports, (start, start + step), [key], cancellation);
                if (table.Count > 0)
                {
                    ref var entry = ref table.Entry(key);
                    points.Add(new SeriesPoint(
                        At(start), (long)entry.Packets, Math.Max(1, (long)Math.Round(table.Sources(entry)))));
                }
                else
                {
                    var none = coverage.Covers(null, start * 1000, (start + step) * 1000) ? 0L : (long?)null;
                    points.Add(new SeriesPoint(At(start), none, none));
                }
            }

            return points;
        });
    }

    public IReadOnlyList<CountryActivity> Countries(TimeRange range, CancellationToken cancellation)
    {
        var (from, to) = Minutes(range);
        return state.ReadConsistently(session =>
        {
            var table = RollupBodies.Sketches(session, RollupSubject.Countries, (from, to), null, cancellation);
            var countries = new List<CountryActivity>(table.Count);
            foreach (ref readonly var entry in table.Entries)
            {
                var name = entry.Key == 0 ? "" : $"{(char)(entry.Key >> 8)}{(char)(entry.Key & 255)}";
                countries.Add(new CountryActivity(name, (long)entry.Packets, Math.Max(1, (long)Math.Round(table.Sources(entry)))));
            }

            countries.Sort((left, right) => right.Packets.CompareTo(left.Packets));
            return countries;
        });
    }

    private static (long From, long To, long Step) Buckets(TimeRange range, TimeSpan bucket)
    {
        if (bucket < TimeSpan.FromMinutes(1) || bucket.Ticks % TimeSpan.TicksPerMinute != 0)
            throw new ArgumentException("A bucket is a multiple of a minute.", nameof(bucket));

        var step = (long)bucket.TotalSeconds;
        var from = RollupSpan.Floor(range.From.ToUnixTimeSeconds(), step);
        var to = RollupSpan.Ceiling(CeilingSeconds(range.To), step);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((to - from) / step, MostBuckets, nameof(bucket));
        return (from, to, step);
    }

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private static long CeilingSeconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() + 999) / 1000;

    private static (long From, long To) Minutes(TimeRange range) => (
        RollupSpan.Floor(range.From.ToUnixTimeSeconds(), RollupSpan.Minute),
        RollupSpan.Ceiling(CeilingSeconds(range.To), RollupSpan.Minute));

    private void FillSeries(SeriesTarget target, string? sensor, CancellationToken cancellation)
    {
        var sketches = new byte[]?[target.Packets.Length];
        state.ReadConsistently(session =>
        {
            ForEachBucketRow(session, target, sensor, row =>
            {
                var index = (row.GetInt64(0) - target.From) / target.Step;
                target.Seen[index] = true;
                target.Packets[index] += row.GetInt64(1);
                RollupCodec.Merge(row.GetFieldValue<byte[]>(2), sketches[index] ??= new byte[RegisterSketch.SourceRegisters]);
            }, cancellation);
            return 0;
        });
        for (var index = 0; index < sketches.Length; index++)
        {
            if (sketches[index] is { } sketch)
                target.Sources[index] = (long)Math.Round(RegisterSketch.Estimate(sketch));
        }
    }

    // Coarse buckets read coarse rollups; RollupSpan cannot mix levels inside one bucket of less than a day.
    private static void ForEachBucketRow(
        SqliteSession session, SeriesTarget target, string? sensor, Action<SqliteDataReader> take, CancellationToken cancellation)
    {
        if (target.Step % RollupSpan.Hour != 0)
        {
            Rows(RollupLevel.Minute, 1);
            return;
        }

        var days = target.Step % RollupSpan.Day == 0;
        Rows(RollupLevel.Minute, 0);
        Rows(RollupLevel.Hour, days ? 0 : 1);
        if (days)
            Rows(RollupLevel.Day, 1);

        void Rows(RollupLevel level, int folded) => session.Rows(
            """
            SELECT start, packets, body FROM rollup
            WHERE subject = 0 AND level = $0 AND start >= $1 AND start < $2 AND folded <= $3
            AND ($4 IS NULL OR sensor = $4)
            """,
            row =>
            {
                cancellation.ThrowIfCancellationRequested();
                take(row);
                return 0;
            },
            (int)level, target.From, target.To, folded, sensor);
    }

    private sealed record SeriesTarget(long From, long To, long Step, long[] Packets, bool[] Seen, long[] Sources);
}
