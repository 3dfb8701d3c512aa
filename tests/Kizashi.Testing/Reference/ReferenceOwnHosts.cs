using Kizashi.Core.Addresses;

namespace Kizashi.Testing.Reference;

/// <summary>Own hosts that send to the darknet, the slow and obvious way.</summary>
public static class ReferenceOwnHosts
{
    public static IReadOnlyList<ReferenceOwnHost> Find(
        IEnumerable<DarkPacket> packets, PrefixSet own, ReferenceThresholds? thresholds = null)
    {
        thresholds ??= new ReferenceThresholds();
        var hosts = packets
            .Where(packet => own.Prefixes.Any(prefix => prefix.Contains(packet.Source))
                && !own.Except.Any(prefix => prefix.Contains(packet.Source)))
            .GroupBy(packet => (packet.Source, Answers: ReferenceScans.IsAnswer(packet)))
            .SelectMany(host =>
                ReferenceScans.Cut(host, 1000L * thresholds.OwnIdleSeconds).Select(part => new ReferenceOwnHost(
                host.Key.Source,
                host.Key.Answers,
                part[0].Millis,
                part[^1].Millis,
                part.Count,
                part.Select(packet => packet.Destination).Distinct().Count())));
        return [.. hosts.OrderBy(host => host.Host).ThenBy(host => host.Answers).ThenBy(host => host.FirstMillis)];
    }
}
