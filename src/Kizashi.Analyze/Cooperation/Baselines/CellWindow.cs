using Kizashi.Analyze.Cooperation.Activity;

namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>Who was active in one cell in one window.</summary>
internal sealed class CellWindow(CellKey key)
{
    /// <summary>Packets from which on a group takes part in earnest.</summary>
    public const uint Earnest = 3;

    public CellKey Key { get; } = key;

    /// <summary>By number of the group.</summary>
    public List<CellMember> Members { get; } = [];

    public int Groups => Members.Count;

    /// <summary>Groups that sent at least three packets.</summary>
    public int Qualified => Members.Count(member => member.Packets >= Earnest);

    public long Packets => Members.Sum(member => (long)member.Packets);

    public double Hosts => Members.Sum(member => (double)member.Hosts);

    /// <summary>All cells with at least so many groups.</summary>
    /// <param name="sorted">As <see cref="GroupTable.Sorted"/> gives them.</param>
    /// <param name="least">Groups.</param>
    /// <param name="mostToOne">
    /// Largest share of a port's packets to one destination; ports above it are a mistake many make, and are left out of
    /// the cells of any port.
    /// </param>
    public static List<CellWindow> Of(GroupActivity[] sorted, int least, double mostToOne)
    {
        var cells = new List<CellWindow>();
        var mistakes = new HashSet<uint>();
        for (var from = 0; from < sorted.Length;)
        {
            var to = from;
            var (port, tool) = (sorted[from].Port, new PacketShape(sorted[from].Shape).ToolOnly);
            while (to < sorted.Length && sorted[to].Port == port && new PacketShape(sorted[to].Shape).ToolOnly == tool)
                to++;

            if (to - from >= least)
            {
                if (ByTool(sorted.AsSpan(from, to - from), new CellKey(port, tool.Value, true), least, cells) > mostToOne)
                    mistakes.Add(port);

                ByShape(sorted.AsSpan(from, to - from), port, least, cells);
            }

            from = to;
        }

        OnAnyPort(mistakes.Count == 0 ? [.. sorted] : Array.FindAll(sorted, activity => !mistakes.Contains(activity.Port)), least, cells);
        cells.Sort((left, right) => left.Key.CompareTo(right.Key));
        return cells;
    }

    public double Concentration() => Concentration(Members);

    /// <summary>Largest share of the packets that went to one destination, from groups that had no other; 0..1.</summary>
    public static double Concentration(IReadOnlyList<CellMember> members)
    {
        var (byDestination, best, all) = (new Dictionary<ulong, long>(), 0L, 0L);
        foreach (var member in members)
        {
            all += member.Packets;
            if (member.OnlyDestination == 0)
                continue;

            var sum = byDestination[member.OnlyDestination] =
                byDestination.GetValueOrDefault(member.OnlyDestination) + member.Packets;
            best = Math.Max(best, sum);
        }

        return (double)best / Math.Max(1, all);
    }

    private static CellMember Member(in GroupActivity activity) => new(
        activity.Group, activity.Packets, activity.IsToOne ? activity.LeastDestination + 1UL : 0, (float)activity.HostCount);

    // Gives the cell's concentration, 0 if it has too few groups.
    private static double ByTool(ReadOnlySpan<GroupActivity> run, CellKey key, int least, List<CellWindow> cells)
    {
        var cell = new CellWindow(key);
        Join(run, cell);
        if (cell.Groups < least)
            return 0;

        cells.Add(cell);
        return cell.Concentration();
    }

    // Neighbours of the same group become one member.
    private static void Join(ReadOnlySpan<GroupActivity> run, CellWindow cell)
    {
        for (var at = 0; at < run.Length;)
        {
            var sum = run[at];
            for (at++; at < run.Length && run[at].Group == sum.Group; at++)
                sum.Add(run[at]);

            cell.Members.Add(Member(sum));
        }
    }

    private static void ByShape(ReadOnlySpan<GroupActivity> run, uint port, int least, List<CellWindow> cells)
    {
        var shapes = new Dictionary<uint, CellWindow>();
        foreach (ref readonly var activity in run)
        {
            if (!shapes.TryGetValue(activity.Shape, out var cell))
                shapes[activity.Shape] = cell = new CellWindow(new CellKey(port, activity.Shape, false));

            cell.Members.Add(Member(activity));
        }

        cells.AddRange(shapes.Values.Where(cell => cell.Groups >= least));
    }

    private static void OnAnyPort(GroupActivity[] all, int least, List<CellWindow> cells)
    {
        Array.Sort(all, static (left, right) =>
        {
            var order = left.Shape.CompareTo(right.Shape);
            if (order == 0)
                order = left.Group.CompareTo(right.Group);

            return order != 0 ? order : left.Port.CompareTo(right.Port);
        });
        for (var from = 0; from < all.Length;)
        {
            var to = from;
            while (to < all.Length && all[to].Shape == all[from].Shape)
                to++;

            // Datagrams of one length have nothing in common across ports.
            if (to - from >= least && PortKey.ProtocolOf(all[from].Port) == 6)
                ByTool(all.AsSpan(from, to - from), new CellKey(0, all[from].Shape, false), least, cells);

            from = to;
        }
    }
}
