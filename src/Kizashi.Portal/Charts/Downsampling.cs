namespace Kizashi.Portal.Charts;

/// <summary>
/// Thins a series out so that it looks the same: largest triangle three buckets (Steinarsson, University of
/// Iceland, 2013).
/// </summary>
internal static class Downsampling
{
    /// <summary>More points than this are thinned before they are sent.</summary>
    public const int MostPoints = 2_000;

    /// <summary>
    /// Indexes of the points to keep, ascending. Stretches between nulls are thinned apart, and the edges of gaps
    /// stay.
    /// </summary>
    public static IReadOnlyList<int> Keep(IReadOnlyList<double?> values, int most = MostPoints)
    {
        if (values.Count <= most)
            return [.. Enumerable.Range(0, values.Count)];

        var kept = new List<int>(most + 16);
        for (var start = 0; start < values.Count;)
        {
            var end = start;
            while (end < values.Count && values[end].HasValue == values[start].HasValue)
                end++;

            if (values[start].HasValue)
                AddStretch(values, start, end, Math.Max(3, (int)((long)most * (end - start) / values.Count)), kept);
            else
                kept.Add(start);
            start = end;
        }

        return kept;
    }

    private static void AddStretch(IReadOnlyList<double?> values, int start, int end, int most, List<int> kept)
    {
        var count = end - start;
        if (count <= most)
        {
            kept.AddRange(Enumerable.Range(start, count));
            return;
        }

        kept.Add(start);
        var chosen = start;
        var width = (double)(count - 2) / (most - 2);
        for (var bucket = 0; bucket < most - 2; bucket++)
        {
            var from = start + 1 + (int)(bucket * width);
            var to = start + 1 + (int)((bucket + 1) * width);
            var (nextX, nextY) = Mean(values, to, Math.Min(end, start + 1 + (int)((bucket + 2) * width)), end);
            chosen = Largest(values, chosen, from..Math.Max(to, from + 1), nextX, nextY);
            kept.Add(chosen);
        }

        kept.Add(end - 1);
    }

    private static (double X, double Y) Mean(IReadOnlyList<double?> values, int from, int to, int end)
    {
        from = Math.Min(from, end - 1);
        to = Math.Max(to, from + 1);
        var sum = 0.0;
        for (var i = from; i < to; i++)
            sum += values[i]!.Value;
        return ((from + to - 1) / 2.0, sum / (to - from));
    }

    private static int Largest(IReadOnlyList<double?> values, int before, Range bucket, double nextX, double nextY)
    {
        var (best, bestArea) = (bucket.Start.Value, -1.0);
        var beforeY = values[before]!.Value;
        for (var i = bucket.Start.Value; i < bucket.End.Value; i++)
        {
            var area = Math.Abs(((before - nextX) * (values[i]!.Value - beforeY)) - ((before - i) * (nextY - beforeY)));
            if (area > bestArea)
                (best, bestArea) = (i, area);
        }

        return best;
    }
}
