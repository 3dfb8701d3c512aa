using Kizashi.Core.Alerts;

namespace Kizashi.Portal.Sensors;

/// <summary>How often a site was the first to see what several sites saw.</summary>
/// <param name="Sensor">Its name.</param>
/// <param name="Seen">Outbreaks that it and at least one other site saw.</param>
/// <param name="First">Of these, those that it saw first, or at the same moment as the first.</param>
/// <param name="MedianLag">How much later than the first it saw them; the upper median.</param>
internal sealed record SiteRecord(string Sensor, int Seen, int First, TimeSpan MedianLag)
{
    /// <summary>One record for each site, the one that was first most often first.</summary>
    public static IReadOnlyList<SiteRecord> Of(IEnumerable<Alert> outbreaks)
    {
        var lags = new SortedDictionary<string, List<TimeSpan>>(StringComparer.Ordinal);
        foreach (var outbreak in outbreaks)
        {
            var sites = outbreak.Evidence.GroupBy(item => item.Sensor, StringComparer.Ordinal)
                .Select(site => (Sensor: site.Key, First: site.Min(item => item.From)))
                .ToArray();
            if (sites.Length < 2)
                continue;

            var first = sites.Min(site => site.First);
            foreach (var site in sites)
            {
                if (!lags.TryGetValue(site.Sensor, out var list))
                    lags[site.Sensor] = list = [];

                list.Add(site.First - first);
            }
        }

        return
        [
            .. lags.Select(site => new SiteRecord(
                    site.Key, site.Value.Count, site.Value.Count(lag => lag == TimeSpan.Zero), site.Value.Order().ElementAt(site.Value.Count / 2)))
                .OrderByDescending(site => site.First)
                .ThenBy(site => site.Sensor, StringComparer.Ordinal),
        ];
    }
}
