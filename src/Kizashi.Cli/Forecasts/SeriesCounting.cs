using System.Text.Json;
using System.Text.Json.Nodes;
using Kizashi.Analyze.Forecasting.Watching;
using Kizashi.Cli.Center;
using Kizashi.Cli.Watching;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Campaigns;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Forecasts;

/// <summary>Counts what is declared, for one hour of what is stored.</summary>
internal sealed class SeriesCounting(IObservationStore observations, IAlertStore alerts, ICampaignBook campaigns, FindingCounts findings, PrefixSet own)
{
    private const int MostPorts = 3 * 65_536;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <param name="declarations">What to count.</param>
    /// <param name="hour">Hours since 1970 UTC.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>By declaration and key; null where nothing observed in the hour.</returns>
    public async Task<Dictionary<string, IReadOnlyDictionary<string, double>?>> CountAsync(IReadOnlyList<SeriesDeclaration> declarations, long hour, CancellationToken cancellation)
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(hour * 3600);
        var range = new TimeRange(start, start + Hour);
        var all = await observations.SeriesAsync(range, Hour, null, cancellation) is [var point, ..] ? point : null;
        var counted = new Dictionary<string, IReadOnlyDictionary<string, double>?>();
        IReadOnlyList<PortActivity>? ports = null;
        IReadOnlyList<CountryActivity>? countries = null;
        var events = CountAlerts(declarations, range);
        foreach (var declaration in declarations)
        {
            counted[declaration.Name] = (declaration.Over, declaration.By) switch
            {
                _ when all?.Packets is null => null,
                (SeriesOrigin.Observations, "port") => Ports(ports ??= await observations.PortsAsync(range, MostPorts, rising: false, cancellation), declaration),
                (SeriesOrigin.Observations, "country") => Countries(countries ??= await observations.CountriesAsync(range, cancellation), declaration),
                (SeriesOrigin.Observations, _) => new Dictionary<string, double> { [""] = (declaration.Count == "packets" ? all.Packets : all.Sources) ?? 0 },
                (SeriesOrigin.Alerts, _) => events[declaration.Name],
                (SeriesOrigin.Findings, _) => findings.Of(declaration, hour),
                _ => Campaigns(declaration, start),
            };
        }

        return counted;
    }

    private static Dictionary<string, double> Ports(IReadOnlyList<PortActivity> ports, SeriesDeclaration declaration)
    {
        var counts = new Dictionary<string, double>(ports.Count);
        foreach (var port in ports.Where(port => port.Protocol is 6 or 17))
            counts[FormattableString.Invariant($"{(port.Protocol == 6 ? "tcp" : "udp")}/{port.Port}")] = declaration.Count == "packets" ? port.Packets : port.Sources;

        return counts;
    }

    private static Dictionary<string, double> Countries(IReadOnlyList<CountryActivity> countries, SeriesDeclaration declaration) => countries
        .Where(country => country.Country.Length > 0)
        .ToDictionary(country => country.Country, country => (double)(declaration.Count == "packets" ? country.Packets : country.Sources));

    // A campaign is known from the day on in which it was found, so that an hour before has none.
    private Dictionary<string, double> Campaigns(SeriesDeclaration declaration, DateTimeOffset start)
    {
        var counts = new Dictionary<string, double>();
        foreach (var campaign in campaigns.Latest?.Report.Campaigns ?? [])
        {
            if (campaign.Hours.FirstOrDefault(hour => hour.Start == start) is { } hour)
                counts[campaign.Name] = declaration.Count == "joined" ? hour.Joined : hour.Active;
        }

        return counts;
    }

    private Dictionary<string, IReadOnlyDictionary<string, double>> CountAlerts(IReadOnlyList<SeriesDeclaration> declarations, TimeRange range)
    {
        var counts = declarations.Where(declaration => declaration.Over == SeriesOrigin.Alerts).ToDictionary(declaration => declaration.Name, declaration => (Declaration: declaration, Counts: new EventCounts(declaration)));
        if (counts.Count > 0)
        {
            foreach (var alert in AlertPages.All(alerts, new AlertQuery { From = range.From, To = range.To, NewestFirst = false, Most = int.MaxValue }))
                Add(alert, counts.Values);
        }

        return counts.ToDictionary(one => one.Key, one => one.Value.Counts.Counts);
    }

    private void Add(Alert alert, IEnumerable<(SeriesDeclaration Declaration, EventCounts Counts)> all)
    {
        var wanted = all.Where(one => (one.Declaration.Kinds.Count == 0 || one.Declaration.Kinds.Contains(alert.Kind)) && (!one.Declaration.Own || IsOwn(alert))).ToList();
        if (wanted.Count == 0)
            return;

        var written = (JsonObject)JsonSerializer.SerializeToNode(alert, KizashiJson.Options)!;
        foreach (var (_, counts) in wanted)
            counts.Add(written);
    }

    private bool IsOwn(Alert alert) =>
        alert.Subject.Kind is SubjectKind.Address or SubjectKind.Prefix && Prefix.TryParse(alert.Subject.Value, out var prefix) && own.Contains(prefix.First);
}
