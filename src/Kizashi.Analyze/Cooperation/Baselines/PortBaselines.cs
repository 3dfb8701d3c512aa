using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>
/// The usual numbers of groups on every busy port and shape, so that what is new is seen even where much goes on.
/// </summary>
/// <remarks>
/// Three tests for each cell: more groups than an hour or two ago and than yesterday at this time; more than ever, for
/// what grows too slowly for the first; more groups that the cell has never seen than usually come, over one to
/// eighteen windows. The first two go with the level of all cells together, so the daily cycle, or traffic that is
/// delivered twice, raises no alarm.
/// </remarks>
internal sealed class PortBaselines(OutbreakOptions options)
{
    private const int LeastGroups = 8;
    private const int Recent = 12;
    private const int RecentReach = 24;
    private const int Day = 144;
    private const int SlowWindows = 24;
    private const double SlowFactor = 4;
    private const int Mature = 36;
    private const int RateWindows = 72;
    private const double LeastRate = 0.15;
    private const double BusyMean = 20;
    private const double SparseFactor = 3;

    private static readonly int[] Horizons = [1, 3, 6, 18];

    private readonly SortedDictionary<CellKey, CellHistory> _cells = [];
    private readonly bool[] _observed = new bool[CellHistory.Windows];
    private long _first = -1;
    private long _next;

    /// <summary>Cells that had to be forgotten for want of room.</summary>
    public long Forgotten { get; private set; }

    public int Cells => _cells.Count;

    /// <summary>Windows that may be learned from, of the last three days.</summary>
    public int Learned => _observed.Count(observed => observed);

    public bool IsReady => Learned >= options.WarmUpWindows;

    /// <summary>Judges a window, then learns from it.</summary>
    /// <param name="window">Its number; windows come in order, those without observation are left out.</param>
    /// <param name="cells">Sorted by key.</param>
    /// <param name="isWhole">False for a window with gaps: it may alarm, but nothing is learned from it.</param>
    /// <param name="held">Cells of open outbreaks: they go on from the baseline they had before.</param>
    public IReadOnlyList<BaselineAlarm> Judge(
        long window, IReadOnlyList<CellWindow> cells, bool isWhole, IReadOnlySet<CellKey> held)
    {
        Reach(window);
        var met = new List<(CellWindow Cell, CellHistory History, CellCounts Counts)>();
        foreach (var cell in cells)
        {
            if (HistoryOf(cell, window) is not { } history)
                continue;

            met.Add((cell, history, history.Meet(cell, window)));
        }

        var level = LevelOf(window, met);
        var alarms = new List<BaselineAlarm>();
        var alarmed = new HashSet<CellKey>();
        foreach (var (cell, history, counts) in met)
        {
            if (!IsReady || Test(window, (cell, history, counts), level) is not { } alarm)
                continue;

            alarms.Add(alarm);
            alarmed.Add(cell.Key);
        }

        foreach (var (cell, history, counts) in met)
        {
            var skip = !isWhole || alarmed.Contains(cell.Key) || held.Contains(cell.Key);
            history.Write(window, counts, skip, settle: !alarmed.Contains(cell.Key));
            history.Remember(cell);
        }

        Rest(window, met, isWhole);
        return alarms;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_first);
        writer.Write(_next);
        writer.Write(Forgotten);
        writer.WriteSpan<bool>(_observed);
        writer.WriteSpan<CellKey>([.. _cells.Keys]);
        foreach (var history in _cells.Values)
            history.Save(writer);
    }

    public void Load(StateReader reader)
    {
        _first = reader.Read<long>();
        _next = reader.Read<long>();
        Forgotten = reader.Read<long>();
        var observed = reader.ReadSpan<bool>(_observed.Length);
        observed.CopyTo(_observed, 0);
        foreach (var key in reader.ReadSpan<CellKey>(options.MaxCells))
            _cells[key] = CellHistory.Load(reader);
    }

    /// <summary>Groups a cell has usually at this time.</summary>
    public double UsualOf(CellKey key, long window) =>
        _cells.TryGetValue(key, out var history) ? Usual(window, history, 0).Mean : 0;

    /// <summary>Takes what goes on in a cell for usual: the outbreak in it has become background.</summary>
    public void Adopt(CellKey key, long window)
    {
        if (_cells.TryGetValue(key, out var history))
            history.Adopt(window, RecentReach);
    }

    private void Reach(long window)
    {
        if (_first < 0)
            (_first, _next) = (window, window);

        for (; _next < window && window - _next < CellHistory.Windows; _next++)
            Skip(_next);

        if (_next < window)
        {
            for (var at = window - CellHistory.Windows; at < window; at++)
                Skip(at);
        }

        _next = window + 1;
    }

    private void Skip(long window)
    {
        _observed[window % CellHistory.Windows] = false;
        foreach (var history in _cells.Values)
            history.Write(window, default, skip: true, settle: false);
    }

    // Cells that are not there this time are at zero, which is learned too.
    private void Rest(
        long window, List<(CellWindow Cell, CellHistory History, CellCounts Counts)> met, bool isWhole)
    {
        _observed[window % CellHistory.Windows] = isWhole;
        var present = met.Select(item => item.Cell.Key).ToHashSet();
        var silent = _cells.Where(pair => !present.Contains(pair.Key)).ToArray();
        foreach (var (key, history) in silent)
        {
            history.Write(window, default, skip: !isWhole, settle: isWhole);
            if (window - history.LastActive >= CellHistory.Windows)
                _cells.Remove(key);
        }
    }

    private CellHistory? HistoryOf(CellWindow cell, long window)
    {
        if (_cells.TryGetValue(cell.Key, out var history))
            return history;

        if (cell.Groups < LeastGroups)
            return null;

        if (_cells.Count >= options.MaxCells)
        {
            // The one silent for longest; among equals the last, so that the order of arrival does not matter.
            var oldest = _cells.MinBy(pair => (pair.Value.LastActive, ~(long)pair.Key.Port, ~(long)pair.Key.Shape));
            Forgotten++;
            if (oldest.Value.LastActive >= window)
                return null;

            _cells.Remove(oldest.Key);
        }

        return _cells[cell.Key] = CellHistory.Begin(window);
    }

    private BaselineAlarm? Test(
        long window, (CellWindow Cell, CellHistory History, CellCounts Counts) met, double level)
    {
        var (cell, history, counts) = met;
        if (counts.Groups < options.MinGroups)
            return null;

        var best = 0.0;
        var byNewcomers = false;
        var (usual, _) = Usual(window, history, 1);
        for (var kind = 0; kind < 2; kind++)
            best = Math.Max(best, OfLevel(window, history, counts, (kind, level)));

        // Where most groups send a packet or two, those with three rise much faster than all do; so both must tell.
        best = Math.Max(best, Math.Min(
            OfEver(window, history, counts, (0, level)), OfEver(window, history, counts, (1, level))));

        for (var kind = 2; kind < CellCounts.Kinds; kind++)
        {
            var score = OfNewcomers(window, history, counts, kind);
            if (score <= best)
                continue;

            (best, byNewcomers) = (score, true);
        }

        if (best < 1)
            return null;

        var groups = Excess(cell, history);
        return new BaselineAlarm(cell, best, usual, groups, byNewcomers, cell.Concentration());
    }

    // Who is new makes the excess, if there are enough of them; else nobody can say who does.
    private List<ulong> Excess(CellWindow cell, CellHistory history)
    {
        var newcomers = history.Newcomers.ToHashSet();
        var found = cell.Members.Where(member => newcomers.Contains(member.Group)).Select(member => member.Group).ToList();
        return found.Count >= Math.Min(options.MinGroups, cell.Groups)
            ? found
            : [.. cell.Members.Select(member => member.Group)];
    }

    private double OfLevel(long window, CellHistory history, CellCounts counts, (int Kind, double Level) by)
    {
        var least = by.Kind == 0 ? 2 * options.MinGroups : options.MinGroups;
        var (mean, mad) = Usual(window, history, by.Kind);
        mean *= by.Kind == 1 && IsSparse(window, history) ? by.Level * by.Level * by.Level : by.Level;
        return counts[by.Kind] - mean < least
            ? 0
            : Deviation.OfCount(counts[by.Kind], mean, mad) / options.MinDeviation;
    }

    private double OfEver(long window, CellHistory history, CellCounts counts, (int Kind, double Level) by)
    {
        var least = options.MinGroups * 4 / 3;
        if (counts[by.Kind] < least)
            return 0;

        var all = Values(history, window - 1, CellHistory.Windows - 1, by.Kind);
        if (all.Count < SlowWindows)
            return 0;

        return counts[by.Kind] / (SlowFactor * Math.Max(least / SlowFactor, Deviation.Median(all) * by.Level));
    }

    private double OfNewcomers(long window, CellHistory history, CellCounts counts, int kind)
    {
        if (window - Math.Max(history.Since, _first) < Mature)
            return 0;

        var least = kind == 2 ? 2 * options.MinGroups : options.MinGroups;
        var best = 0.0;
        foreach (var horizon in Horizons)
        {
            var sum = counts[kind] + Values(history, window - 1, horizon - 1, kind, withSkipped: true).Sum();
            var past = Values(history, window - horizon, RateWindows, kind);
            var rate = Math.Max(LeastRate, past.Count == 0 ? 0 : past.Average());
            if (sum - (rate * horizon) >= least)
                best = Math.Max(best, Deviation.OfNewcomers(sum, rate * horizon) / options.MinDeviation);
        }

        return best;
    }

    // Of Poisson counts far below one, the share that reaches three goes with the cube of the rate.
    private bool IsSparse(long window, CellHistory history) =>
        Usual(window, history, 0).Mean >= SparseFactor * Usual(window, history, 1).Mean;

    // The level of busy cells together, now over what each usually has: 1 unless all rise at once.
    private double LevelOf(long window, List<(CellWindow Cell, CellHistory History, CellCounts Counts)> met)
    {
        var ratios = new List<double>();
        foreach (var (cell, history, counts) in met)
        {
            if (cell.Key.ByTool || cell.Key.Port == 0)
                continue;

            var (mean, _) = Usual(window, history, 0);
            if (mean >= BusyMean)
                ratios.Add(counts.Groups / mean);
        }

        if (ratios.Count < 4)
            return 1;

        ratios.Sort();
        return Math.Clamp(ratios[ratios.Count / 2], 1, 4);
    }

    private (double Mean, double Mad) Usual(long window, CellHistory history, int kind)
    {
        var recent = Values(history, window - 1, RecentReach, kind);
        if (recent.Count > Recent)
            recent.RemoveRange(Recent, recent.Count - Recent);

        var median = Deviation.Median(recent);
        var mad = Deviation.MedianDistance(recent, median);
        var yesterday = Values(history, window - Day + 1, 3, kind);
        return (Math.Max(median, Deviation.Median(yesterday)), mad);
    }

    /// <summary>Values of up to so many windows that may be learned from, newest first.</summary>
    private List<int> Values(CellHistory history, long newest, int windows, int kind, bool withSkipped = false)
    {
        var values = new List<int>();
        var end = Math.Max(Math.Max(_first, _next - CellHistory.Windows), newest - windows + 1);
        for (var window = newest; window >= end; window--)
        {
            if (!_observed[window % CellHistory.Windows])
                continue;

            // A cell is at zero in windows before its first.
            if (window < history.Since)
                values.Add(0);
            else if (withSkipped || history.At(window) is not null)
                values.Add(history.Raw(window)[kind]);
        }

        return values;
    }
}
