using Kizashi.Core.Sensors;
using Kizashi.Store.Embedded.State;

namespace Kizashi.Store.Embedded.Rollups;

/// <summary>When each sensor was observing: what its batches cover, less the gaps it stated.</summary>
/// <remarks>
/// Spans closer than a minute are one, so that what is kept grows with interruptions and not with traffic.
/// </remarks>
internal sealed class CoverageMap
{
    public const long JoinMillis = 60_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedList<long, long>> _spans = [];
    private readonly List<SensorGap> _gaps = [];

    public void Load(SqliteSession session)
    {
        lock (_gate)
        {
            foreach (var (sensor, from, to) in session.Rows(
                "SELECT sensor, from_ms, to_ms FROM coverage ORDER BY sensor, from_ms",
                row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2))))
            {
                Spans(sensor)[from] = to;
            }

            _gaps.AddRange(session.Rows(
                "SELECT sensor, from_ms, to_ms, reason FROM sensor_gap",
                row => new SensorGap(row.GetString(0), Time(row.GetInt64(1)), Time(row.GetInt64(2)), row.GetString(3))));
        }
    }

    /// <summary>Writes a span into the transaction; adding it here follows once that has been committed.</summary>
    public void Save(SqliteSession session, string sensor, long from, long to)
    {
        lock (_gate)
        {
            var joined = Joined(Spans(sensor), from, to, out var swallowed);
            foreach (var old in swallowed)
                session.Execute("DELETE FROM coverage WHERE sensor = $0 AND from_ms = $1", sensor, old);

            session.Execute("INSERT INTO coverage VALUES ($0, $1, $2)", sensor, joined.From, joined.To);
        }
    }

    public void Add(string sensor, long from, long to)
    {
        lock (_gate)
        {
            var spans = Spans(sensor);
            var joined = Joined(spans, from, to, out var swallowed);
            foreach (var old in swallowed)
                spans.Remove(old);

            spans[joined.From] = joined.To;
        }
    }

    public void Add(SensorGap gap)
    {
        lock (_gate)
            _gaps.Add(gap);
    }

    /// <summary>Stated gaps that overlap the range, by their start.</summary>
    public IReadOnlyList<SensorGap> Gaps(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
            return [.. _gaps.Where(gap => gap.From < to && gap.To > from).OrderBy(gap => gap.From)];
    }

    /// <summary>Whether the sensor, or with null any sensor, observed during some part of the time.</summary>
    public bool Covers(string? sensor, long from, long to)
    {
        lock (_gate)
        {
            if (sensor is not null)
                return _spans.TryGetValue(sensor, out var own) && Covers(sensor, own, from, to);

            foreach (var (name, spans) in _spans)
            {
                if (Covers(name, spans, from, to))
                    return true;
            }

            return false;
        }
    }

    /// <summary>Whether one sensor's batches cover nine tenths of the time or more, so that its sums can be compared with a whole range's.</summary>
    public bool CoversMost(long from, long to)
    {
        lock (_gate)
            return _spans.Values.Any(spans => Covered(spans, from, to) * 10 >= (to - from) * 9);
    }

    private static long Covered(SortedList<long, long> spans, long from, long to)
    {
        var covered = 0L;
        for (var index = FirstEndingAfter(spans, from + 1); index < spans.Count && spans.Keys[index] < to; index++)
            covered += Math.Min(to, spans.Values[index]) - Math.Max(from, spans.Keys[index]);

        return covered;
    }

    private static DateTimeOffset Time(long millis) => DateTimeOffset.FromUnixTimeMilliseconds(millis);

    private static (long From, long To) Joined(SortedList<long, long> spans, long from, long to, out List<long> swallowed)
    {
        swallowed = [];
        for (var index = FirstEndingAfter(spans, from - JoinMillis); index < spans.Count; index++)
        {
            var (start, end) = (spans.Keys[index], spans.Values[index]);
            if (start > to + JoinMillis)
                break;

            if (end < from - JoinMillis)
                continue;

            swallowed.Add(start);
            from = Math.Min(from, start);
            to = Math.Max(to, end);
        }

        return (from, to);
    }

    // Spans never overlap, so their ends are in order as well as their starts.
    private static int FirstEndingAfter(SortedList<long, long> spans, long time)
    {
        var (low, high) = (0, spans.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (spans.Values[middle] < time)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private bool Covers(string sensor, SortedList<long, long> spans, long from, long to)
    {
        for (var index = FirstEndingAfter(spans, from + 1); index < spans.Count && spans.Keys[index] < to; index++)
        {
            var (start, end) = (Math.Max(from, spans.Keys[index]), Math.Min(to, spans.Values[index]));
            if (start < end && !IsGap(sensor, start, end))
                return true;
        }

        return false;
    }

    private bool IsGap(string sensor, long from, long to)
    {
        // Gaps are few; each that starts later can only shorten what is left uncovered.
        foreach (var gap in _gaps.Where(gap => gap.Sensor == sensor).OrderBy(gap => gap.From))
        {
            if (gap.From.ToUnixTimeMilliseconds() > from)
                return false;

            from = Math.Max(from, gap.To.ToUnixTimeMilliseconds());
            if (from >= to)
                return true;
        }

        return from >= to;
    }

    private SortedList<long, long> Spans(string sensor)
    {
        if (!_spans.TryGetValue(sensor, out var spans))
            _spans[sensor] = spans = [];

        return spans;
    }
}
