namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>
/// The parts into which a penalty cuts the hosts: the solution is zero between two parts exactly when no |covariance|
/// between them passes the penalty.
/// </summary>
/// <remarks>Witten, Friedman, Simon 2011 and Mazumder, Hastie, JMLR 13 (2012), theorem 1: exact, no
/// approximation.</remarks>
internal static class CovarianceComponents
{
    /// <summary>Parts of at least two hosts, each in rising order, ordered by their first host.</summary>
    /// <param name="covariance">Symmetric matrix, rows of <paramref name="stride"/> numbers.</param>
    /// <param name="count">Hosts.</param>
    /// <param name="stride">Numbers from one row to the next.</param>
    /// <param name="penalty">An entry above it joins two hosts; one equal to it does not.</param>
    public static IReadOnlyList<int[]> Find(ReadOnlySpan<double> covariance, int count, int stride, double penalty)
    {
        var parent = new int[count];
        for (var host = 0; host < count; host++)
            parent[host] = host;

        for (var row = 0; row < count; row++)
        {
            for (var column = row + 1; column < count; column++)
            {
                if (Math.Abs(covariance[(row * stride) + column]) > penalty)
                    Join(parent, row, column);
            }
        }

        return [.. Enumerable.Range(0, count).GroupBy(host => Root(parent, host)).Where(part => part.Count() > 1)
            .Select(part => part.ToArray())];
    }

    private static void Join(int[] parent, int one, int other)
    {
        var (first, second) = (Root(parent, one), Root(parent, other));
        parent[Math.Max(first, second)] = Math.Min(first, second);
    }

    private static int Root(int[] parent, int host)
    {
        while (parent[host] != host)
            host = parent[host] = parent[parent[host]];

        return host;
    }
}
