using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kizashi.Analyze.Forecasting.Growth;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Campaigns;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Forecasts;

/// <summary>How the outbreaks that go on, and the campaigns, are expected to grow.</summary>
internal sealed class OutbreakOutlooks(IAlertStore alerts, ICampaignBook campaigns, ISensorRegistry sensors)
{
    private const int MostOutbreaks = 50;
    private const int MostCampaigns = 50;
    private const int FewestHours = 4;
    private const int AheadOfOutbreak = 72;
    private const int AheadOfCampaign = 24;
    private const double Addresses = 4_294_967_296;

    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private Dictionary<string, (DateTimeOffset Updated, OutbreakOutlook? Outlook)> _ofAlerts = [];
    private (CampaignSnapshot? Snapshot, IReadOnlyList<OutbreakOutlook> Outlooks) _ofCampaigns = (null, []);

    /// <summary>Largest first. What has not changed since the last time is not worked out again.</summary>
    public IReadOnlyList<OutbreakOutlook> Now()
    {
        var open = alerts.Query(new AlertQuery { Kind = EventCatalog.DarknetOutbreak, Open = true, Most = MostOutbreaks });
        _ofAlerts = open.ToDictionary(
            alert => alert.Id, alert => _ofAlerts.TryGetValue(alert.Id, out var known) && known.Updated == alert.Updated ? known : (alert.Updated, Of(alert)));
        if (campaigns.Latest != _ofCampaigns.Snapshot)
            _ofCampaigns = (campaigns.Latest, [.. (campaigns.Latest?.Report.Campaigns ?? []).Take(MostCampaigns).Select(Of).OfType<OutbreakOutlook>()]);

        return [.. _ofAlerts.Values.Select(one => one.Outlook).OfType<OutbreakOutlook>().Concat(_ofCampaigns.Outlooks).OrderByDescending(outlook => outlook.Hosts[^1] ?? 0)];
    }

    private static GrowthObservation? Window(JsonObject point) =>
        DateTimeOffset.TryParse(point.Text("at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new GrowthObservation(at, point.Number("hosts") ?? double.NaN, point.Number("packets"))
            : null;

    // Where it is seen by several sensors, what they see is added up: their dark prefixes differ.
    private OutbreakOutlook? Of(Alert alert)
    {
        var points = (alert.Details[AlertDetails.Growth] as JsonArray ?? []).OfType<JsonObject>().Select(Window).OfType<GrowthObservation>().ToList();
        var size = sensors.All.Where(sensor => alert.Sensors.Contains(sensor.Name)).Sum(sensor => sensor.DarkPrefixes.Where(prefix => prefix.First.IsV4).Sum(prefix => (double)prefix.Size));
        var options = new GrowthOptions { Window = TenMinutes, TelescopePart = size > 0 ? Math.Min(1, size / Addresses) : null };
        return Of(alert.Subject.Value, alert.Id, points, TenMinutes, AheadOfOutbreak, options);
    }

    private static OutbreakOutlook? Of(Campaign campaign)
    {
        if (campaign.Hours.Count < FewestHours)
            return null;

        // An hour without any of its sources is left out of a campaign.
        var known = campaign.Hours.ToDictionary(hour => hour.Start, hour => hour.Active);
        var count = (int)((campaign.Hours[^1].Start - campaign.Hours[0].Start) / Hour) + 1;
        var points = Enumerable.Range(0, count).Select(at => campaign.Hours[0].Start + (at * Hour)).Select(start => new GrowthObservation(start + Hour, known.GetValueOrDefault(start))).ToList();
        return Of(campaign.Name, null, points, Hour, AheadOfCampaign, new GrowthOptions { Window = Hour });
    }

    private static OutbreakOutlook? Of(string campaign, string? alert, List<GrowthObservation> points, TimeSpan step, int ahead, GrowthOptions options)
    {
        if (new OutbreakGrowth(options).Forecast(points, ahead) is not { } forecast)
            return null;

        var seen = points.GroupBy(point => point.At).ToDictionary(group => group.Key, group => group.Sum(point => point.Hosts));
        var (first, last) = (seen.Keys.Min(), seen.Keys.Max());
        var windows = (int)Math.Min(10_000, ((last - first) / step) + 1);
        return new OutbreakOutlook
        {
            Campaign = campaign,
            Alert = alert,
            First = first,
            Step = step,
            Hosts = [.. Enumerable.Range(0, windows).Select(at => seen.TryGetValue(first + (at * step), out var hosts) && double.IsFinite(hosts) ? hosts : (double?)null)],
            Median = forecast.Median,
            Bands = [.. forecast.Bands.Select(band => new OutlookBand(band.Level, [.. band.Lower.Select(value => (float)value)], [.. band.Upper.Select(value => (float)value)]))],
            Model = JsonNamingPolicy.KebabCaseLower.ConvertName(forecast.Model.ToString()),
            Doubling = Range(forecast.DoublingTime, time => time.TotalHours),
            FinalHosts = Range(forecast.FinalHosts, size => size),
            FinalSeen = Range(forecast.FinalSeen, size => size),
            SizeFrom = forecast.SizeFrom is { } from ? JsonNamingPolicy.KebabCaseLower.ConvertName(from.ToString()) : null,
            Peak = Range(forecast.Peak, time => time),
            RateChanged = forecast.RateChanged,
            Conditions = forecast.Conditions,
        };
    }

    private static OutlookRange<TTo>? Range<T, TTo>(Banded<T>? banded, Func<T, TTo> make) =>
        banded is null ? null : new OutlookRange<TTo>(make(banded.Median), make(banded.Bands[^1].Lower), make(banded.Bands[^1].Upper));
}
