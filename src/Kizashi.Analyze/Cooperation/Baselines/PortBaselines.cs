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
    private const int AdoptWindows = 24;
    private const int Day = 144;
    private const int SpreadWindows = 72;
    private const int LeastSpreadWindows = 24;
    private const int RiseLag = 18;
    private const double RiseSpread = 0.07;
    private const int SlowWindows = 24;
    private const double SlowFactor = 4;
    private const int Mature = 36;
    private const int Learning = 6;
    private const int RateWindows = 72;
    private const double LeastRate = 0.15;
    private const int QuietWindows = 66;
    private const int QuietLead = 6;
    private const int MostMissed = 36;

    private static readonly int[] Horizons = [1, 3, 6, 18];

    private readonly SortedDictionary<CellKey, CellHistory> _cells = [];
    private readonly bool[] _observed = new bool[CellHistory.Windows];
    private long _first = -1;
    private long _next;
    private Queue<CellKey>? _silent;

    /// <summary>Cells that had to be forgotten for want of room.</summary>
    public long Forgotten { get; private set; }

    public int Cells => _cells.Count;

    /// <summary>Windows that may be learned from, of the last three days.</summary>
    public int Learned => _observed.Count(observed => observed);

    public bool IsReady => Learned >= options.WarmUpWindows;

    // Groups that are many where hardly any came before.
    private int QuietGroups => options.MinGroups * 4 / 3;

    /// <summary>Judges a window, then learns from it.</summary>
    /// <param name="window">Its number; windows come in order, those without observation are left out.</param>
    /// <param name="cells">Sorted by key.</param>
    /// <param name="isWhole">False for a window with gaps: it may alarm, but nothing is learned from it.</param>
    /// <param name="held">Cells of open outbreaks: they go on from the baseline they had before.</param>
    public IReadOnlyList<BaselineAlarm> Judge(
        long window, IReadOnlyList<CellWindow> cells, bool isWhole, IReadOnlySet<CellKey> held)
    {
        Reach(window);
        _silent = null;
        var met = new List<MetCell>();
        foreach (var cell in cells)
        {
            if (HistoryOf(cell, window) is { } history)
                met.Add(new MetCell(cell, history, history.Meet(cell, window), UsualOf(window, history)));
        }

        var level = Levels.Of(met);
        var alarms = new List<BaselineAlarm>();
        var alarmed = new HashSet<CellKey>();
        var isReady = IsReady;
        foreach (var cell in met)
        {
            if (!isReady || Test(window, cell, level) is not { } alarm)
                continue;

            alarms.Add(alarm);
            alarmed.Add(cell.Key);
        }

        foreach (var cell in met)
        {
            var skip = !isWhole || alarmed.Contains(cell.Key) || held.Contains(cell.Key);
            cell.History.Write(window, cell.Counts, skip, settle: !alarmed.Contains(cell.Key));
            cell.History.Remember(cell.Window);
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
        _cells.TryGetValue(key, out var history) ? UsualOf(window, history).Groups.Mean : 0;

    /// <summary>Takes what goes on in a cell for usual: the outbreak in it has become background.</summary>
    public void Adopt(CellKey key, long window)
    {
        if (_cells.TryGetValue(key, out var history))
            history.Adopt(window, AdoptWindows);
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
    private void Rest(long window, List<MetCell> met, bool isWhole)
    {
        _observed[window % CellHistory.Windows] = isWhole;
        var present = met.Select(cell => cell.Key).ToHashSet();
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
            Forgotten++;
            if (!MakeRoom(window))
                return null;
        }

        return _cells[cell.Key] = CellHistory.Begin(window);
    }

    // The one silent for longest; among equals the last, so that the order of arrival does not matter. They are put in
    // order once a window, since a flood may bring thousands of newcomers.
    private bool MakeRoom(long window)
    {
        _silent ??= new Queue<CellKey>(_cells
            .OrderBy(pair => pair.Value.LastActive)
            .ThenByDescending(pair => pair.Key)
            .Select(pair => pair.Key));
        while (_silent.TryDequeue(out var key))
        {
            if (_cells[key].LastActive >= window)
                continue;

            _cells.Remove(key);
            return true;
        }

        return false;
    }

    private BaselineAlarm? Test(long window, MetCell cell, Levels level)
    {
        if (cell.Counts.Groups < options.MinGroups)
            return null;

        var (best, byNewcomers) = (OfLevel(window, cell, 0, level.Groups), false);
        // The tools of surveys are fast, so there only the number of networks says that it is no survey.
        var isSurvey = new PacketShape(cell.Key.Shape).IsSurvey;
        best = Math.Max(best, isSurvey
            ? OfEver(window, cell, 0, level.Groups, 2 * options.MinGroups)
            : OfEarnest(window, cell, level));
        for (var kind = CellCounts.FirstNew; kind < (isSurvey ? CellCounts.FirstNew + 1 : CellCounts.Kinds); kind++)
        {
            var score = OfNewcomers(window, cell, kind);
            if (score <= best)
                continue;

            (best, byNewcomers) = (score, true);
        }

        if (best < 1)
            return null;

        var groups = Excess(cell);
        return new BaselineAlarm(
            cell.Window, best, cell.Usual.Qualified.Mean, [.. groups.Select(member => member.Group)], byNewcomers,
            CellWindow.Concentration(groups));
    }

    private double OfEarnest(long window, MetCell cell, Levels level)
    {
        // Where most groups send a packet or two, those with three rise much faster than all do.
        var rise = cell.IsSparse ? level.Groups * level.Groups * level.Groups : level.Groups;
        rise = Math.Max(rise, level.Qualified);
        var score = Math.Max(OfLevel(window, cell, 1, rise), OfLevel(window, cell, 2, level.Hosts));
        score = Math.Max(score, Math.Max(OfRise(window, cell, 1, rise), OfRise(window, cell, 2, level.Hosts)));

        // For the same reason both must tell.
        return Math.Max(score, Math.Min(
            OfEver(window, cell, 0, level.Groups, QuietGroups),
            OfEver(window, cell, 1, Math.Max(level.Groups, level.Qualified), QuietGroups)));
    }

    // Who is new makes the excess, if there are enough of them; else nobody can say who does.
    private IReadOnlyList<CellMember> Excess(MetCell cell)
    {
        var members = cell.Window.Members;
        var found = members.FindAll(member => cell.History.IsNewcomer(member.Group));
        return found.Count >= options.MinGroups ? found : members;
    }

    private int LeastExcess(int kind) => options.MinGroups * (kind switch { 0 => 2, 1 => 1, _ => 4 });

    private double OfLevel(long window, MetCell cell, int kind, double level)
    {
        var usual = cell.Usual[kind];

        // Where next to nobody comes, fewer are remarkable.
        var least = kind == 0 && IsQuiet(window, cell) ? QuietGroups : LeastExcess(kind);
        usual = usual with { Mean = usual.Mean * level };
        return cell.Counts[kind] - usual.Mean < least
            ? 0
            : Deviation.OfCount(cell.Counts[kind], usual) / options.MinDeviation;
    }

    // Against what was usual some hours ago, before something began to rise slowly.
    private double OfRise(long window, MetCell cell, int kind, double level)
    {
        Span<int> buffer = stackalloc int[SpreadWindows];
        var past = Values(cell.History, window - 1 - RiseLag, CellHistory.Windows, kind, buffer);
        if (past.Length < LeastSpreadWindows)
            return 0;

        var mean = Math.Max(cell.Usual[kind].Yesterday, Deviation.Median(past)) * level;
        var spread = Math.Max(RiseSpread * mean, Deviation.Spread(past));
        return cell.Counts[kind] - mean < LeastExcess(kind)
            ? 0
            : Deviation.OfCount(cell.Counts[kind], new UsualCount(mean, spread, 0)) / options.MinDeviation;
    }

    // Fewer than eight groups are not told apart from none, so a median of zero says little; that they hardly ever came
    // does. The last hour does not count: in it something may have begun.
    private bool IsQuiet(long window, MetCell cell)
    {
        if (new PacketShape(cell.Key.Shape).IsSurvey)
            return false;

        Span<int> buffer = stackalloc int[QuietWindows];
        var past = Values(cell.History, window - 1 - QuietLead, QuietWindows, 0, buffer);
        return past.Length >= Recent && past.Length - past.Count(0) <= 1;
    }

    private double OfEver(long window, MetCell cell, int kind, double level, int least)
    {
        if (cell.Counts[kind] < least)
            return 0;

        Span<int> buffer = stackalloc int[CellHistory.Windows];
        var all = Values(cell.History, window - 1, CellHistory.Windows - 1, kind, buffer);
        if (all.Length < SlowWindows)
            return 0;

        // Most cells are far below; to know that one need not sort.
        var bound = cell.Counts[kind] / SlowFactor / level;
        var below = 0;
        foreach (var value in all)
            below += value <= bound ? 1 : 0;

        return below <= all.Length / 2
            ? 0
            : cell.Counts[kind] / (SlowFactor * Math.Max(least / SlowFactor, Deviation.Median(all) * level));
    }

    private double OfNewcomers(long window, MetCell cell, int kind)
    {
        // In its first hour all are new to a cell.
        var age = window - Math.Max(cell.History.Since, _first) - Learning;
        Span<int> buffer = stackalloc int[CellHistory.Windows];
        var seen = Values(cell.History, window - 1, RateWindows, 0, buffer);

        // Who came in windows with fewer than eight groups was not counted, so nobody knows who is new.
        if (age < Mature - Learning || seen.Count(0) > seen.Length / 5)
            return 0;

        var least = kind == CellCounts.FirstNew ? 2 * options.MinGroups : options.MinGroups;
        var best = 0.0;
        foreach (var horizon in Horizons)
        {
            var sum = cell.Counts[kind] + Deviation.Sum(Values(cell.History, window - 1, horizon - 1, kind, buffer, withSkipped: true));
            var past = Values(cell.History, window - horizon, (int)Math.Min(RateWindows, age - horizon), kind, buffer);
            var rate = Math.Max(LeastRate, past.Length == 0 ? 0 : (double)Deviation.Sum(past) / past.Length);

            // Who would have come while nobody looked comes now.
            var expected = rate * (horizon + Unobserved(window - 1, horizon));
            if (sum - expected >= least)
                best = Math.Max(best, Deviation.OfNewcomers(sum, expected) / options.MinDeviation);
        }

        return best;
    }

    // Windows not observed among the last so many, and right before them.
    private int Unobserved(long newest, int windows)
    {
        var (missed, seen) = (0, 0);
        for (var window = newest; window >= _first && missed < MostMissed; window--)
        {
            if (!_observed[window % CellHistory.Windows])
                missed++;
            else if (++seen >= windows)
                break;
        }

        return missed;
    }

    private UsualCounts UsualOf(long window, CellHistory history) =>
        new(Usual(window, history, 0), Usual(window, history, 1), Usual(window, history, 2));

    // The latest windows one may learn from, however long ago: after an outage, or within an outbreak, those before it.
    private UsualCount Usual(long window, CellHistory history, int kind)
    {
        Span<int> buffer = stackalloc int[SpreadWindows];
        var recent = Values(history, window - 1, CellHistory.Windows - 1, kind, buffer);
        var median = Deviation.Median(recent[..Math.Min(Recent, recent.Length)]);
        double? spread = recent.Length < LeastSpreadWindows ? null : Deviation.Spread(recent);
        var yesterday = Values(history, window - Day + 1, 3, kind, buffer);
        var then = Deviation.Median(yesterday);
        return new UsualCount(Math.Max(median, then), spread, then);
    }

    /// <summary>Values of up to so many windows that may be learned from, newest first, as many as fit.</summary>
    private Span<int> Values(
        CellHistory history, long newest, int windows, int kind, Span<int> buffer, bool withSkipped = false)
    {
        var count = 0;
        var end = Math.Max(Math.Max(_first, _next - CellHistory.Windows), newest - windows + 1);
        for (var window = newest; window >= end && count < buffer.Length; window--)
        {
            if (!_observed[window % CellHistory.Windows])
                continue;

            // A cell is at zero in windows before its first.
            if (window < history.Since)
                buffer[count++] = 0;
            else if (withSkipped || history.At(window) is not null)
                buffer[count++] = history.Raw(window)[kind];
        }

        return buffer[..count];
    }
}
