using System.Globalization;
using Kizashi.Analyze.Cooperation.Activity;
using Kizashi.Analyze.Cooperation.Baselines;
using Kizashi.Analyze.State;
using Kizashi.Core.Findings;

namespace Kizashi.Analyze.Cooperation;

/// <summary>Joins what the engines see, by port and time, into outbreaks with a life (Dark-TRACER's combination).</summary>
/// <remarks>
/// A baseline's alarm opens an outbreak by itself. The alarms of the other engines open one when two of them agree on a
/// port within half an hour and enough groups are in earnest there; else they vote for what is open on their ports.
/// </remarks>
internal sealed class Combination(OutbreakOptions options, string sensor, SourceGroups groups, PortBaselines baselines)
{
    private const int MostNamedPorts = 3;
    private const double LeastOverlap = 0.5;
    private const double LeastPortShare = 0.05;
    private const int MostPending = 4096;
    private const int AgreeWindows = 3;

    private readonly List<OpenOutbreak> _open = [];
    private readonly List<EngineAlarm> _pending = [];

    public IReadOnlyList<OpenOutbreak> Open => _open;

    /// <summary>Alarms that opened no outbreak since they were on one destination: mistakes, not searches.</summary>
    public long Concentrated { get; private set; }

    /// <summary>Outbreaks not opened for want of room.</summary>
    public long Refused { get; private set; }

    /// <summary>Cells of open outbreaks.</summary>
    public IReadOnlySet<CellKey> Held() => _open.SelectMany(outbreak => outbreak.Cells).ToHashSet();

    public void Take(
        WindowView window, IReadOnlyList<BaselineAlarm> alarms, IReadOnlyList<EngineAlarm> others,
        ICollection<Finding> findings)
    {
        var spread = alarms.Where(alarm => alarm.Concentration <= options.Concentration).ToList();
        Concentrated += alarms.Count - spread.Count;
        var free = new List<BaselineAlarm>();
        foreach (var alarm in spread.OrderByDescending(alarm => alarm.Score).ThenBy(alarm => alarm.Cell.Key))
        {
            if (OwnerOf(alarm, window) is { } owner)
                Join(owner, alarm, window);
            else
                free.Add(alarm);
        }

        if (!window.IsBroken)
        {
            foreach (var cluster in Cluster(free, window.Groups))
                Begin(cluster, window);
        }

        Hear(window, others);
        Measure(window, findings);
    }

    public void Finish(ICollection<Finding> findings)
    {
        foreach (var outbreak in _open)
            findings.Add(outbreak.ToFinding(sensor, groups, FindingState.Ended));

        _open.Clear();
        _pending.Clear();
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Concentrated);
        writer.Write(Refused);
        writer.Write(_open.Count);
        foreach (var outbreak in _open)
            outbreak.Save(writer);

        writer.Write(_pending.Count);
        foreach (var alarm in _pending)
        {
            writer.WriteText(alarm.Engine);
            writer.Write(alarm.Window);
            writer.WriteSpan<uint>([.. alarm.Ports]);
            writer.WriteSpan<ulong>([.. alarm.Groups]);
            writer.Write(alarm.Score);
            writer.WriteText(alarm.Condition);
            writer.WriteSpan<GroupBond>([.. alarm.Bonds]);
        }
    }

    public void Load(StateReader reader)
    {
        Concentrated = reader.Read<long>();
        Refused = reader.Read<long>();
        for (var count = reader.ReadCount(options.MaxOpen); count > 0; count--)
            _open.Add(OpenOutbreak.Load(reader));

        for (var count = reader.ReadCount(MostPending); count > 0; count--)
        {
            var engine = reader.ReadText();
            var end = reader.Read<long>();
            var ports = reader.ReadSpan<uint>(1 << 16);
            var members = reader.ReadSpan<ulong>(1 << 20);
            _pending.Add(new EngineAlarm(engine, end, ports, members, reader.Read<double>())
            {
                Condition = reader.ReadText(),
                Bonds = reader.ReadSpan<GroupBond>(1 << 20),
            });
        }
    }

    // Share of the smaller set that is in the larger, beyond what chance puts there: 0 by chance, 1 for all of it.
    // Two outbreaks that hold half of all networks each have half in common and nothing to do with each other.
    private static double Overlap(IReadOnlyCollection<ulong> left, HashSet<ulong> right, int all)
    {
        if (left.Count == 0 || right.Count == 0)
            return 0;

        var share = (double)left.Count(right.Contains) / Math.Min(left.Count, right.Count);
        var chance = Math.Min(1, (double)Math.Max(left.Count, right.Count) / Math.Max(1, all));
        return chance < 1 ? (share - chance) / (1 - chance) : 0;
    }

    private OpenOutbreak? OwnerOf(BaselineAlarm alarm, WindowView window)
    {
        var key = alarm.Cell.Key;
        if (_open.Find(outbreak => outbreak.Cells.Contains(key)) is { } owner)
            return owner;

        if (key.Port != 0 && _open.Find(outbreak => outbreak.Tool == key.Tool && outbreak.Ports.Contains(key.Port)) is { } same)
            return same;

        var members = alarm.Groups.ToHashSet();
        return _open.Find(outbreak => Overlap(outbreak.Members, members, window.Groups) >= LeastOverlap);
    }

    private static void Join(OpenOutbreak outbreak, BaselineAlarm alarm, WindowView window)
    {
        outbreak.Take(alarm, window);
        foreach (var port in PortsOf(alarm, window))
            outbreak.Join(port);
    }

    // Cells that see much the same groups see the same outbreak.
    private static List<List<BaselineAlarm>> Cluster(List<BaselineAlarm> alarms, int all)
    {
        var clusters = new List<(HashSet<ulong> Groups, List<BaselineAlarm> Alarms)>();
        foreach (var alarm in alarms)
        {
            var home = clusters.FindIndex(cluster => Overlap(alarm.Groups, cluster.Groups, all) >= LeastOverlap);
            if (home < 0)
            {
                clusters.Add(([.. alarm.Groups], [alarm]));
                continue;
            }

            clusters[home].Groups.UnionWith(alarm.Groups);
            clusters[home].Alarms.Add(alarm);
        }

        return clusters.ConvertAll(cluster => cluster.Alarms);
    }

    // A shape on any port: the ports that a part of its groups has in common.
    private static IEnumerable<uint> PortsOf(BaselineAlarm alarm, WindowView window)
    {
        var key = alarm.Cell.Key;
        if (key.Port != 0)
            return [key.Port];

        var members = alarm.Groups.ToHashSet();
        return window.Activities
            .Where(activity => activity.Shape == key.Shape && members.Contains(activity.Group))
            .CountBy(activity => activity.Port)
            .Where(pair => pair.Value >= Math.Max(3, LeastPortShare * members.Count))
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key)
            .Take(OpenOutbreak.MostPorts)
            .Select(pair => pair.Key);
    }

    private void Begin(List<BaselineAlarm> cluster, WindowView window)
    {
        var ports = cluster.SelectMany(alarm => PortsOf(alarm, window)).Distinct().Order().ToArray();
        var first = cluster[0];
        if (ports.Length == 0 || Create(ports, first.Cell.Key, window) is not { } outbreak)
            return;

        foreach (var alarm in cluster)
            outbreak.Take(alarm, window);
    }

    private OpenOutbreak? Create(IReadOnlyList<uint> ports, CellKey cell, WindowView window)
    {
        if (_open.Count >= options.MaxOpen)
        {
            Refused++;
            return null;
        }

        var outbreak = new OpenOutbreak
        {
            EventId = EventIds.Of(sensor, "outbreak", (ulong)window.Number, ((UInt128)ports[0] << 64) | cell.Shape),
            Campaign = NameOf(ports, cell.Tool, window.Start),
            Since = window.Number,
            Tool = cell.Tool,
        };
        foreach (var port in ports)
            outbreak.Join(port);

        _open.Add(outbreak);
        return outbreak;
    }

    private static string NameOf(IReadOnlyList<uint> ports, int tool, DateTimeOffset start)
    {
        var named = string.Join('+', ports.Take(MostNamedPorts).Select(PortKey.ToText));
        if (ports.Count > MostNamedPorts)
            named += string.Create(CultureInfo.InvariantCulture, $"+{ports.Count - MostNamedPorts}");

        var mark = tool > 0 ? " " + ToolNames.Of(tool - 1) : "";
        return named + mark + start.UtcDateTime.ToString(" yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private void Hear(WindowView window, IReadOnlyList<EngineAlarm> others)
    {
        _pending.RemoveAll(alarm => alarm.Window <= (window.Number + 1 - AgreeWindows) * WindowView.Millis);
        _pending.AddRange(others);
        if (_pending.Count > MostPending)
            _pending.RemoveRange(0, _pending.Count - MostPending);

        foreach (var alarm in others)
        {
            foreach (var outbreak in _open.Where(outbreak => outbreak.Ports.Exists(alarm.Ports.Contains)))
                outbreak.Take(alarm, window.Number);
        }

        if (!window.IsBroken)
            Agree(window);
    }

    private void Agree(WindowView window)
    {
        var ports = _pending.SelectMany(alarm => alarm.Ports.Select(port => (Port: port, Alarm: alarm)))
            .GroupBy(pair => pair.Port)
            .OrderBy(group => group.Key);
        foreach (var port in ports)
        {
            // ChangeFinder alarms of any large change, whoever makes it: it votes, but does not open.
            var engines = port.Select(pair => pair.Alarm.Engine).Where(engine => engine != EngineNames.ChangeFinder);
            if (engines.Distinct().Count() < 2 || _open.Exists(outbreak => outbreak.Ports.Contains(port.Key)))
                continue;

            var cell = window.Cells.Where(cell => cell.Key.Port == port.Key && cell.Key.ByTool)
                .MaxBy(cell => cell.Qualified);
            if (cell is null || IsUsual(cell, window) || cell.Concentration() > options.Concentration)
                continue;

            var outbreak = Create([port.Key], cell.Key, window);
            foreach (var (_, alarm) in port)
                outbreak?.Take(alarm, window.Number);
        }
    }

    private bool IsUsual(CellWindow cell, WindowView window) =>
        cell.Qualified - baselines.UsualOf(cell.Key, window.Number) < options.MinGroups;

    private void Measure(WindowView window, ICollection<Finding> findings)
    {
        for (var at = 0; at < _open.Count; at++)
        {
            var outbreak = _open[at];
            outbreak.Measure(window);
            var isOver = window.Number - outbreak.LastAlarm >= options.QuietWindows;
            var isUsual = window.Number - outbreak.Since >= CellHistoryWindows;
            if (isUsual)
            {
                foreach (var cell in outbreak.Cells)
                    baselines.Adopt(cell, window.Number);
            }

            var state = isOver || isUsual ? FindingState.Ended : FindingState.Ongoing;
            findings.Add(outbreak.ToFinding(sensor, groups, state));
            if (state == FindingState.Ended)
                _open.RemoveAt(at--);
        }
    }

    private const int CellHistoryWindows = CellHistory.Windows;
}
