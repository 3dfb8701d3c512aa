using System.Globalization;

namespace Kizashi.Simulation.Tests;

/// <summary>The definitions applied to all packets at once, slowly: what the truth is held against.</summary>
internal static class Reference
{
    /// <summary>"source port start end packets destinations" of every scan.</summary>
    public static IEnumerable<string> Scans(IEnumerable<Seen> packets, double darkSize) =>
        from packet in packets
        where packet.IsProbe
        group packet by (packet.Source, packet.Protocol, Port: PortOf(packet)) into key
        from scan in Split(key.OrderBy(packet => packet.Time), key.Key.Source.IsV4 ? 624_000 : 3_600_000)
        let destinations = scan.Select(packet => packet.Destination).Distinct().Count()
        let first = scan[0].Time / 1000
        let last = scan[^1].Time / 1000
        where destinations >= 10
        where !key.Key.Source.IsV4
            || scan.Count * 4294967296.0 / darkSize / Math.Max((last - first) / 1000.0, 1) >= 10
        select string.Create(CultureInfo.InvariantCulture, $"{key.Key.Source} {key.Key.Port} {first} {last} {scan.Count} {destinations}");

    /// <summary>"victim first last packets" of every attack.</summary>
    public static IEnumerable<string> Attacks(IEnumerable<Seen> packets) =>
        from packet in packets
        where !packet.IsProbe
        let protocol = packet.QuotedDestination is null ? packet.Protocol : packet.QuotedProtocol
        group packet by (Victim: packet.QuotedDestination ?? packet.Source, protocol) into key
        from vector in Vectors([.. key.Select(packet => packet.Time / 1000).Order()])
        where vector.Count >= 25 && vector[^1] - vector[0] >= 60_000 && MostPerMinute(vector) >= 30
        select string.Create(CultureInfo.InvariantCulture, $"{key.Key.Victim} {vector[0]} {vector[^1]} {vector.Count}");

    /// <summary>"source day" of every aggressive scanner.</summary>
    public static IEnumerable<string> Aggressive(IReadOnlyList<Seen> packets, IEnumerable<string> scans, double darkSize)
    {
        var covering = scans.Select(scan => scan.Split(' '))
            .Where(scan => !scan[0].Contains(':', StringComparison.Ordinal) && long.Parse(scan[5], CultureInfo.InvariantCulture) * 10 >= darkSize)
            .Select(scan => $"{scan[0]} {long.Parse(scan[2], CultureInfo.InvariantCulture) / 86_400_000}");
        return covering.Concat(packets.Where(packet => packet.IsProbe).GroupBy(packet => packet.Time / 86_400_000_000).SelectMany(Top)).Distinct();
    }

    private static IEnumerable<string> Top(IGrouping<long, Seen> day)
    {
        var sources = day.GroupBy(packet => packet.Source)
            .Select(source => (
                Source: source.Key,
                Packets: source.Count(),
                Ports: source.Where(packet => packet.Protocol is 6 or 17).Select(PortOf).Distinct().Count()))
            .ToArray();
        if (sources.Length < 10_000)
            return [];

        var most = (sources.Length + 9_999) / 10_000;
        var leastPackets = sources.Select(source => source.Packets).OrderDescending().ElementAt(most);
        var leastPorts = sources.Select(source => source.Ports).OrderDescending().ElementAt(most);
        return sources.Where(source => source.Packets > leastPackets || source.Ports > leastPorts).Select(source => $"{source.Source} {day.Key}");
    }

    private static string PortOf(Seen packet) => packet.Protocol switch
    {
        6 => $"tcp/{packet.DestinationPort}",
        17 => $"udp/{packet.DestinationPort}",
        _ => $"icmp/{packet.SourcePort}",
    };

    private static IEnumerable<List<Seen>> Split(IEnumerable<Seen> ordered, long idle)
    {
        var current = new List<Seen>();
        foreach (var packet in ordered)
        {
            if (current.Count > 0 && (packet.Time / 1000) - (current[^1].Time / 1000) > idle)
            {
                yield return current;
                current = [];
            }

            current.Add(packet);
        }

        yield return current;
    }

    private static IEnumerable<List<long>> Vectors(List<long> times)
    {
        var current = new List<long>();
        foreach (var time in times)
        {
            if (current.Count > 0 && (time / 60_000) - (current[^1] / 60_000) > 1)
            {
                yield return current;
                current = [];
            }

            current.Add(time);
        }

        yield return current;
    }

    private static int MostPerMinute(List<long> times)
    {
        var slots = times.GroupBy(time => time / 10_000).ToDictionary(slot => slot.Key, slot => slot.Count());
        return slots.Keys.Max(end => Enumerable.Range(0, 6).Sum(back => slots.GetValueOrDefault(end - back)));
    }
}
