using Kizashi.Core.Addresses;

namespace Kizashi.Testing.Reference;

/// <summary>
/// The three definitions of aggressive scanners, the slow and obvious way: sort each day's sources twice.
/// </summary>
public static class ReferenceAggressiveScanners
{
    public static IReadOnlyList<ReferenceAggressiveScanner> Find(
        IReadOnlyCollection<DarkPacket> packets, long darkAddresses, ReferenceThresholds? thresholds = null)
    {
        thresholds ??= new ReferenceThresholds();
        var covering = ReferenceScans.Find(packets, darkAddresses, thresholds)
            .Where(scan => scan.Source.IsV4 && scan.Destinations >= (decimal)thresholds.Coverage * darkAddresses)
            .Select(scan => (Day: DayOf(scan.FirstMillis), scan.Source))
            .ToHashSet();
        var scanners = new List<ReferenceAggressiveScanner>();
        foreach (var day in packets.Where(packet => !ReferenceScans.IsAnswer(packet))
            .GroupBy(packet => DayOf(packet.Millis)))
        {
            var sources = day.GroupBy(packet => packet.Source).Select(Count).ToArray();
            var most = sources.Length < thresholds.MinSources
                ? 0
                : (int)Math.Ceiling((decimal)thresholds.Top * sources.Length);
            var byPackets = Top(sources, source => source.Packets, most);
            var byPorts = Top(sources, source => source.Ports, most);
            scanners.AddRange(sources
                .Select(source => new ReferenceAggressiveScanner(
                    day.Key,
                    source.Source,
                    covering.Contains((day.Key, source.Source)),
                    byPackets.Contains(source.Source),
                    byPorts.Contains(source.Source),
                    source.Packets,
                    source.Ports))
                .Where(scanner => scanner.ByCoverage || scanner.ByPackets || scanner.ByPorts));
        }

        return [.. scanners.OrderBy(scanner => scanner.Day).ThenBy(scanner => scanner.Source)];
    }

    // Who has no more than the first one outside the top is not in it.
    private static HashSet<Address> Top(
        (Address Source, long Packets, long Ports)[] sources, Func<(Address Source, long Packets, long Ports), long> count, int most)
    {
        var outside = sources.Select(count).OrderDescending().Skip(most).FirstOrDefault();
        return [.. sources.Where(source => most > 0 && count(source) > outside).Select(source => source.Source)];
    }

    private static (Address Source, long Packets, long Ports) Count(IGrouping<Address, DarkPacket> packets)
    {
        var ports = packets
            .Where(packet => packet.Protocol is 6 or 17)
            .Select(packet => (packet.Protocol, packet.DestinationPort))
            .Distinct()
            .Count();
        return (packets.Key, packets.Count(), ports);
    }

    private static DateOnly DayOf(long millis) =>
        DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(millis).UtcDateTime);
}
