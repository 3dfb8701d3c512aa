namespace Kizashi.Analyze.Cooperation.Engines;

/// <summary>The ports that groups which act together have in common.</summary>
internal static class SharedPorts
{
    /// <summary>Ports of at least a share and number of the groups; most groups first, then lower port.</summary>
    public static IReadOnlyList<uint> Of(WindowView window, IReadOnlySet<ulong> groups, double share, int least)
    {
        var counts = new Dictionary<uint, int>();
        var seen = new HashSet<(uint, ulong)>();
        foreach (ref readonly var activity in window.Activities.AsSpan())
        {
            if (!groups.Contains(activity.Group) || !seen.Add((activity.Port, activity.Group)))
                continue;

            counts[activity.Port] = counts.GetValueOrDefault(activity.Port) + 1;
        }

        var needed = Math.Max(least, share * groups.Count);
        return
        [
            .. counts.Where(pair => pair.Value >= needed).OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key).Take(OpenOutbreak.MostPorts).Select(pair => pair.Key),
        ];
    }
}
