using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;
using Kizashi.Core.Sensors;

namespace Kizashi.Portal.Alerts;

/// <summary>Where an outbreak was seen, when first, and how evenly.</summary>
/// <param name="Sites">Earliest first; those that did not see it last.</param>
/// <param name="Locality">
/// 1 - H / ln n, H the entropy of the sites' shares of packets for each dark address, n their number: 0 when all sites
/// see it alike, 1 when one site alone does; null with fewer than two sites.
/// </param>
internal sealed record OutbreakSpread(IReadOnlyList<SensorSighting> Sites, double? Locality)
{
    private const double Local = 0.5;

    /// <summary>One site sees most of it.</summary>
    public bool IsLocal => Locality >= Local;

    /// <param name="alert">An outbreak's.</param>
    /// <param name="sensors">Those that were there to see it, whether they did or not.</param>
    public static OutbreakSpread Of(Alert alert, IEnumerable<SensorStatus> sensors)
    {
        var all = sensors.ToArray();
        var countries = all.ToDictionary(sensor => sensor.Name, sensor => sensor.Country, StringComparer.Ordinal);
        var sizes = all.Where(sensor => sensor.LastPacket >= alert.FirstSeen)
            .ToDictionary(sensor => sensor.Name, sensor => sensor.DarkPrefixes.Sum(prefix => (double)prefix.Size), StringComparer.Ordinal);
        var names = alert.Sensors.Concat(sizes.Keys).Distinct(StringComparer.Ordinal).ToArray();
        var sites = names.Select(name => Site(alert, name, countries.GetValueOrDefault(name, ""), sizes.GetValueOrDefault(name)))
            .OrderBy(site => site.First ?? DateTimeOffset.MaxValue)
            .ThenBy(site => site.Sensor, StringComparer.Ordinal)
            .ToArray();
        return new OutbreakSpread(sites, LocalityOf(sites));
    }

    private static SensorSighting Site(Alert alert, string sensor, string country, double size)
    {
        var points = Growth(alert, sensor).ToArray();
        var evidence = alert.Evidence.Where(item => item.Sensor == sensor).ToArray();
        var packets = Math.Max(points.Sum(point => point.Whole("packets") ?? 0), evidence.Select(item => item.Packets).DefaultIfEmpty().Max());
        return new SensorSighting(
            sensor,
            country,
            evidence.Length == 0 ? null : evidence.Min(item => item.From),
            packets,
            points.Select(point => point.Whole("hosts") ?? 0).DefaultIfEmpty().Max(),
            size > 0 ? packets / size : null);
    }

    private static IEnumerable<JsonObject> Growth(Alert alert, string sensor) =>
        (alert.Details[AlertDetails.Growth] as JsonArray ?? []).OfType<JsonObject>().Where(point => point.Text("sensor") == sensor);

    private static double? LocalityOf(SensorSighting[] sites)
    {
        var total = sites.Sum(site => site.Rate ?? 0);
        if (sites.Length < 2 || total <= 0 || Array.Exists(sites, site => site.Rate is null))
            return null;

        var entropy = sites.Select(site => site.Rate!.Value / total).Where(share => share > 0).Sum(share => -share * Math.Log(share));
        return Math.Clamp(1 - (entropy / Math.Log(sites.Length)), 0, 1);
    }
}
