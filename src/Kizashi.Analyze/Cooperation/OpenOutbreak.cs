using Kizashi.Analyze.Cooperation.Activity;
using Kizashi.Analyze.Cooperation.Baselines;
using Kizashi.Analyze.State;
using Kizashi.Core.Findings;

namespace Kizashi.Analyze.Cooperation;

/// <summary>An outbreak while it goes on: its ports, who takes part, which engines see it, how it grows.</summary>
internal sealed class OpenOutbreak
{
    public const int MostPorts = 64;
    public const int MostGrowth = 144;
    private const int MostCells = 256;
    private const int MostEdges = 128;
    private const int MostSources = 64;
    private const int MostShapes = 8;
    private const int MostMembers = 1 << 17;
    private const int MostBatches = 16;

    private readonly SortedDictionary<ulong, ulong> _members = [];
    private readonly SortedDictionary<string, EngineVote> _votes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _conditions = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _tools = new(StringComparer.Ordinal);
    private readonly List<string> _shapes = [];
    private readonly List<GrowthPoint> _growth = [];
    private readonly List<GroupBond> _bonds = [];
    private readonly List<string> _batches = [];

    public required string EventId { get; init; }

    public required string Campaign { get; init; }

    /// <summary>Number of the window in which it began.</summary>
    public required long Since { get; init; }

    /// <summary>Number of the tool that marks it, as in <see cref="PacketShape.Tool"/>.</summary>
    public required int Tool { get; init; }

    public List<uint> Ports { get; } = [];

    public SortedSet<CellKey> Cells { get; } = [];

    public IReadOnlyCollection<ulong> Members => _members.Keys;

    /// <summary>Number of the last window in which anything alarmed.</summary>
    public long LastAlarm { get; private set; }

    /// <summary>Number of the last window in which its members were active.</summary>
    public long LastActive { get; private set; }

    /// <summary>Active members in the last window looked at.</summary>
    public int Active { get; private set; }

    public int PeakGroups { get; private set; }

    public long PeakHosts { get; private set; }

    public long Packets { get; private set; }

    public double Score { get; private set; } = 1;

    public bool IsSimulated { get; private set; }

    public void Join(uint port)
    {
        if (Ports.Count < MostPorts && !Ports.Contains(port))
            Ports.Add(port);
    }

    public void Take(BaselineAlarm alarm, WindowView window)
    {
        LastAlarm = window.Number;
        Score = Math.Max(Score, alarm.Score);
        if (Cells.Count < MostCells)
            Cells.Add(alarm.Cell.Key);

        Enlist(alarm.Groups);

        Vote(new EngineVote(EngineNames.Baseline, alarm.Score, window.End));
        Describe(alarm.Cell.Key);
    }

    public void Take(EngineAlarm alarm, long window)
    {
        LastAlarm = Math.Max(LastAlarm, window);
        Vote(new EngineVote(
            alarm.Engine, alarm.Score, DateTimeOffset.FromUnixTimeMilliseconds(alarm.Window), alarm.Condition));
        Enlist(alarm.Groups);

        if (alarm.Bonds.Count == 0)
            return;

        _bonds.Clear();
        _bonds.AddRange(alarm.Bonds.Take(MostEdges));
    }

    /// <summary>Counts its members in a window.</summary>
    public void Measure(WindowView window)
    {
        var groups = new Dictionary<ulong, double>();
        var packets = 0L;
        foreach (var port in Ports)
        {
            foreach (ref readonly var activity in window.On(port))
            {
                if (!_members.TryGetValue(activity.Group, out var example) || !IsMine(activity))
                    continue;

                packets += activity.Packets;
                groups[activity.Group] = groups.GetValueOrDefault(activity.Group) + activity.HostCount;
                if (example == 0)
                    _members[activity.Group] = activity.Example;
            }
        }

        Active = groups.Count;
        if (Active > 0)
            LastActive = window.Number;

        var hosts = (long)Math.Round(groups.OrderBy(pair => pair.Key).Sum(pair => pair.Value));
        PeakGroups = Math.Max(PeakGroups, Active);
        PeakHosts = Math.Max(PeakHosts, hosts);
        Packets += packets;
        IsSimulated |= window.IsSimulated;
        _growth.Add(new GrowthPoint(window.End, hosts, Active, packets));
        if (_growth.Count > MostGrowth)
            _growth.RemoveAt(0);

        _conditions.UnionWith(window.Conditions);
        Witness(window.Batches);
    }

    public OutbreakFinding ToFinding(string sensor, SourceGroups groups, FindingState state) => new()
    {
        EventId = EventId,
        State = state,
        FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(Since * WindowView.Millis),
        LastSeen = DateTimeOffset.FromUnixTimeMilliseconds((Math.Max(Since, LastActive) + 1) * WindowView.Millis),
        Sensor = sensor,
        Score = Score,
        Campaign = Campaign,
        Ports = [.. Ports.Select(PortKey.ToText)],
        Packets = Packets,
        Hosts = PeakHosts,
        Groups = PeakGroups,
        Grouping = groups.Name,
        Votes = [.. _votes.Values],
        Growth = [.. _growth],
        Edges = [.. _bonds.Select(bond => new GroupEdge(groups.NameOf(bond.From), groups.NameOf(bond.To), Math.Round(bond.Weight, 3)))],
        Sources = [.. _members.Values.Where(example => example != 0).Take(MostSources).Select(SourceGroups.AddressOf)],
        Tools = [.. _tools],
        Shapes = [.. _shapes],
        Conditions = [.. _conditions],
        Batches = [.. _batches],
        Simulated = IsSimulated,
    };

    public void Save(StateWriter writer)
    {
        SavedFindings.SaveOne(ToFinding("", new SourceGroups(SourceGrouping.Prefix16, null), FindingState.Ongoing), writer);
        writer.Write(Since);
        writer.Write(Tool);
        writer.Write(LastAlarm);
        writer.Write(LastActive);
        writer.Write(Active);
        writer.WriteSpan<uint>([.. Ports]);
        writer.WriteSpan<CellKey>([.. Cells]);
        writer.WriteSpan<ulong>([.. _members.Keys]);
        writer.WriteSpan<ulong>([.. _members.Values]);
        writer.WriteSpan<GroupBond>([.. _bonds]);
    }

    public static OpenOutbreak Load(StateReader reader)
    {
        var told = SavedFindings.LoadOne<OutbreakFinding>(reader);
        var outbreak = new OpenOutbreak
        {
            EventId = told.EventId,
            Campaign = told.Campaign,
            Since = reader.Read<long>(),
            Tool = reader.Read<int>(),
            LastAlarm = reader.Read<long>(),
            LastActive = reader.Read<long>(),
            Active = reader.Read<int>(),
            PeakGroups = (int)told.Groups,
            PeakHosts = told.Hosts,
            Packets = told.Packets,
            Score = told.Score,
            IsSimulated = told.Simulated,
        };
        outbreak.Ports.AddRange(reader.ReadSpan<uint>(MostPorts));
        outbreak.Cells.UnionWith(reader.ReadSpan<CellKey>(MostCells));
        var members = reader.ReadSpan<ulong>(MostMembers);
        var examples = reader.ReadSpan<ulong>(MostMembers);
        if (members.Length != examples.Length)
            throw new InvalidDataException("the members of an outbreak do not match");

        for (var at = 0; at < members.Length; at++)
            outbreak._members[members[at]] = examples[at];

        outbreak._bonds.AddRange(reader.ReadSpan<GroupBond>(MostEdges));
        foreach (var vote in told.Votes)
            outbreak._votes[vote.Engine] = vote;

        outbreak._growth.AddRange(told.Growth);
        outbreak._conditions.UnionWith(told.Conditions);
        outbreak._tools.UnionWith(told.Tools);
        outbreak._shapes.AddRange(told.Shapes);
        outbreak._batches.AddRange(told.Batches);
        return outbreak;
    }

    private bool IsMine(in GroupActivity activity)
    {
        if (Cells.Count == 0)
            return true;

        foreach (var cell in Cells)
        {
            if (cell.Holds(activity.Port, activity.Shape))
                return true;
        }

        return false;
    }

    private void Enlist(IReadOnlyList<ulong> groups)
    {
        foreach (var group in groups)
        {
            if (_members.Count < MostMembers && !_members.ContainsKey(group))
                _members[group] = 0;
        }
    }

    private void Vote(EngineVote vote)
    {
        if (!_votes.TryGetValue(vote.Engine, out var before) || vote.Score > before.Score)
            _votes[vote.Engine] = vote;
    }

    private void Describe(CellKey cell)
    {
        if (cell.Tool > 0)
            _tools.Add(ToolNames.Of(cell.Tool - 1));

        if (cell.ByTool || _shapes.Count >= MostShapes)
            return;

        var text = new PacketShape(cell.Shape).ToText(cell.Port == 0 ? (byte)6 : PortKey.ProtocolOf(cell.Port));
        if (!_shapes.Contains(text))
            _shapes.Add(text);
    }

    // The first eight and the latest eight.
    private void Witness(IReadOnlyList<string> batches)
    {
        foreach (var batch in batches)
        {
            if (_batches.Contains(batch))
                continue;

            if (_batches.Count >= MostBatches)
                _batches.RemoveAt(MostBatches / 2);

            _batches.Add(batch);
        }
    }
}
