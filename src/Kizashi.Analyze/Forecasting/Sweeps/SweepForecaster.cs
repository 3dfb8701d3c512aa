using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Forecasting.Sweeps;

/// <summary>Finds walks through addresses in order, up or down, and says when they reach a network.</summary>
/// <remarks>
/// Order is told by Kendall's rank correlation of time and address, far beyond chance; speed by the median of the slopes between all pairs (Theil 1950, Sen 1968), which a quarter of
/// unrelated points does not move. IPv4 and IPv6 are alike.
/// </remarks>
public static class SweepForecaster
{
    private const int FewestPoints = 8;
    private const int MostPoints = 400;
    private const double LeastOrder = 0.5;

    // Standard deviations of the rank correlation without any order; chance goes so far once in two thousand times, up or down.
    private const double Significant = 3.5;

    /// <param name="points">In any order; of more than 400 the latest are taken.</param>
    /// <param name="networks">That may be reached.</param>
    /// <param name="now">Later points are left out.</param>
    /// <returns>Those ahead of the walk, soonest first; empty where there is none.</returns>
    public static IReadOnlyList<NextPrefix> Find(IEnumerable<SweepPoint> points, IReadOnlyList<Prefix> networks, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(networks);
        var all = points.Where(point => point.At <= now).ToLookup(point => point.Address.IsV4);
        return [.. Of(isV4: true).Concat(Of(isV4: false)).OrderBy(next => next.At)];

        IEnumerable<NextPrefix> Of(bool isV4) => Walk(Firsts(all[isV4]), [.. networks.Where(network => network.IsV4 == isV4)]);
    }

    // Each address by its first time.
    private static List<SweepPoint> Firsts(IEnumerable<SweepPoint> points) =>
        [.. points.GroupBy(point => point.Address).Select(group => group.MinBy(point => point.At)).OrderBy(point => point.At).TakeLast(MostPoints)];

    private static IEnumerable<NextPrefix> Walk(List<SweepPoint> points, List<Prefix> networks)
    {
        if (points.Count < FewestPoints || networks.Count == 0 || points[^1].At == points[0].At)
            return [];

        // Distances from the lowest fit a double well enough.
        var lowest = points.Min(point => point.Address.Value);
        double[] places = [.. points.Select(point => (double)(point.Address.Value - lowest))];
        double[] hours = [.. points.Select(point => (point.At - points[0].At).TotalHours)];
        var order = Kendall(places, hours);
        var chance = Math.Sqrt(2 * ((2 * points.Count) + 5) / (9.0 * points.Count * (points.Count - 1)));
        if (Math.Abs(order) < Math.Max(LeastOrder, Significant * chance))
            return [];

        return Ahead(points, places, hours, networks, lowest, Math.Sign(order));
    }

    private static IEnumerable<NextPrefix> Ahead(List<SweepPoint> points, double[] places, double[] hours, List<Prefix> networks, UInt128 lowest, int direction)
    {
        // Hours for each address on.
        List<double> slopes = [];
        for (var first = 0; first < places.Length; first++)
        {
            for (var then = first + 1; then < places.Length; then++)
            {
                if (places[then] != places[first])
                    slopes.Add((hours[then] - hours[first]) / (places[then] - places[first]));
            }
        }

        slopes.Sort();
        var slope = slopes[slopes.Count / 2];
        if (Math.Sign(slope) != direction)
            yield break;

        double[] offsets = [.. places.Zip(hours, (place, hour) => hour - (slope * place)).Order()];
        var offset = offsets[offsets.Length / 2];
        double[] misses = [.. offsets.Select(other => Math.Abs(other - offset)).Order()];
        var spread = Math.Max(1 / 60.0, 1.4826 * misses[misses.Length / 2]);

        // Those near the line make the walk.
        var walk = Enumerable.Range(0, places.Length).Where(at => Math.Abs(hours[at] - offset - (slope * places[at])) <= 4 * spread).ToList();
        var (begin, front) = direction > 0 ? (walk.MinBy(at => places[at]), walk.MaxBy(at => places[at])) : (walk.MaxBy(at => places[at]), walk.MinBy(at => places[at]));
        var length = Math.Abs(places[front] - places[begin]);

        // Sen's rank interval of the slope.
        var reach = (int)(1.96 * Math.Sqrt(points.Count * (points.Count - 1.0) * ((2 * points.Count) + 5) / 18) / 2 * slopes.Count / (points.Count * (points.Count - 1) / 2.0));
        var (low, high) = (slopes[Math.Max(0, (slopes.Count / 2) - reach)], slopes[Math.Min(slopes.Count - 1, (slopes.Count / 2) + reach)]);
        foreach (var network in networks)
        {
            var edge = direction > 0 ? network.First.Value : network.Last.Value;
            var place = edge >= lowest ? (double)(edge - lowest) : -(double)(lowest - edge);
            var distance = (place - places[front]) * direction;
            if (distance <= 0 || length <= 0)
                continue;

            var at = Math.Max(hours[^1], offset + (slope * place));
            var (soon, late) = (hours[front] + (Math.Min(low * direction, slope * direction) * distance) - (2 * spread), hours[front] + (Math.Max(high * direction, slope * direction) * distance) + (2 * spread));
            yield return new NextPrefix(
                network, points[begin].Address, points[front].Address, walk.Count, length / (length + distance),
                Time(points, at), Time(points, Math.Min(soon, at)), Time(points, Math.Max(late, at)));
        }
    }

    private static DateTimeOffset Time(List<SweepPoint> points, double hours) => points[0].At.AddHours(Math.Clamp(hours, -1e5, 1e5));

    private static double Kendall(double[] left, double[] right)
    {
        var sum = 0L;
        for (var first = 0; first < left.Length; first++)
        {
            for (var then = first + 1; then < left.Length; then++)
                sum += Math.Sign(left[then] - left[first]) * Math.Sign(right[then] - right[first]);
        }

        return sum / (left.Length * (left.Length - 1) / 2.0);
    }
}
