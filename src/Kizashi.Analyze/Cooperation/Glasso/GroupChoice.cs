using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>The groups that stand for all of them where there are too many.</summary>
/// <remarks>
/// A random choice, as Dark-TRACER's, but from seed and window, so that the same window gives the same verdict.
/// Choosing by variance or packets would choose the few that are always loud and make densities depend on how many
/// groups there were.
/// </remarks>
internal static class GroupChoice
{
    /// <summary>At most so many of the columns, in rising order.</summary>
    public static int[] Choose(int groups, int most, int seed, long window)
    {
        var columns = new int[groups];
        for (var column = 0; column < groups; column++)
            columns[column] = column;

        if (groups <= most)
            return columns;

        var season = Hashing.Mix((ulong)window, (ulong)seed);
        var keys = Array.ConvertAll(columns, column => Hashing.Mix(season, (ulong)column));
        Array.Sort(keys, columns);
        var chosen = columns[..most];
        Array.Sort(chosen);
        return chosen;
    }
}
