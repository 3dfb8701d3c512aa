using Kizashi.Core.Campaigns;

namespace Kizashi.Analyze.Campaigns;

/// <summary>Groups sources into campaigns by what they touch and when.</summary>
/// <remarks>
/// Each source is a row of <see cref="CommonTraits"/>. Two sources are alike when the cosine of their rows and the sum of
/// what they share reach their thresholds. Sources with enough others like them are cores, cores alike are one campaign
/// (DBSCAN, Ester et al. 1996), and whoever is like a core joins it. All else belongs to none. The same sources in the same
/// order give the same verdict.
/// </remarks>
public static class CampaignClustering
{
    /// <param name="sources">What each source did; one source once.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static CampaignVerdict Cluster(
        IReadOnlyList<IReadOnlyList<SourceTouch>> sources, CampaignOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(options);
        var traits = CommonTraits.Of(sources, options);
        var graph = new LikenessGraph(traits, options);
        var labels = Enumerable.Repeat(-1, sources.Count).ToArray();
        var (near, alike) = (new SourceNeighbor[sources.Count][], new int[sources.Count]);
        for (var source = 0; source < sources.Count; source++)
        {
            cancellation.ThrowIfCancellationRequested();
            (near[source], alike[source]) = graph.Near(source);
        }

        var campaigns = Number(Homes(graph, near, alike, options), labels, options);
        return new CampaignVerdict(labels, campaigns, near);
    }

    // Cores are joined with all cores like them, not only the nearest: those may all be of one kind within a campaign.
    private static int[] Homes(LikenessGraph graph, SourceNeighbor[][] near, int[] alike, CampaignOptions options)
    {
        var root = Enumerable.Range(0, near.Length).ToArray();
        for (var source = 0; source < near.Length; source++)
        {
            if (alike[source] < options.MinNeighbors)
                continue;

            foreach (var (other, _) in graph.Alike(source))
            {
                if (alike[other] >= options.MinNeighbors)
                    root[Find(root, source)] = Find(root, other);
            }
        }

        // Whoever has too few others like it joins the core it is most like.
        var home = new int[near.Length];
        for (var source = 0; source < near.Length; source++)
        {
            home[source] = alike[source] >= options.MinNeighbors ? Find(root, source) : -1;
            if (home[source] < 0 && Array.FindIndex(near[source], other => alike[other.Source] >= options.MinNeighbors) is var core and >= 0)
                home[source] = Find(root, near[source][core].Source);
        }

        return home;
    }

    private static int Number(int[] home, int[] labels, CampaignOptions options)
    {
        var numbers = home.Where(at => at >= 0)
            .CountBy(at => at)
            .Where(pair => pair.Value >= options.MinSources)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key)
            .Select((pair, number) => (pair.Key, number))
            .ToDictionary(pair => pair.Key, pair => pair.number);
        for (var source = 0; source < home.Length; source++)
            labels[source] = home[source] >= 0 && numbers.TryGetValue(home[source], out var number) ? number : -1;

        return numbers.Count;
    }

    private static int Find(int[] root, int source)
    {
        while (root[source] != source)
            source = root[source] = root[root[source]];

        return source;
    }
}
