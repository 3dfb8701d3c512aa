using System.Globalization;
using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;

namespace Kizashi.Warn.Rules;

/// <summary>Hosts that begin to act together become darknet.outbreak, one alert for a port set and campaign.</summary>
public sealed class OutbreakRule : IAlertRule, INarrator
{
    private const long ManyGroups = 40;
    private const int MostPlaces = 16;

    private readonly IAddressBook _addresses;

    public OutbreakRule(IAddressBook addresses) => _addresses = addresses;

    string INarrator.Kind => EventCatalog.DarknetOutbreak;

    public AlertDraft? Judge(Finding finding)
    {
        if (finding is not OutbreakFinding outbreak)
            return null;

        var subject = new Subject(SubjectKind.Campaign, outbreak.Campaign);
        var details = Describe(outbreak);
        return new AlertDraft
        {
            Kind = EventCatalog.DarknetOutbreak,
            Subject = subject,
            Severity = outbreak.Votes.Count > 1 || outbreak.Groups >= ManyGroups ? Severity.High : Severity.Medium,
            Confidence = Believe(outbreak),
            Summary = Tell(subject, details),
            Details = details,
            Evidence = Draft.Evidence(outbreak, outbreak.Packets, Witness(outbreak), details),
            Ended = outbreak.State == FindingState.Ended,
            Simulated = outbreak.Simulated,
        };
    }

    string INarrator.Tell(Subject subject, JsonObject details) => Tell(subject, details);

    internal static string Tell(Subject subject, JsonObject details)
    {
        var engines = Wording.Read(details, AlertDetails.Engines);
        var tools = Wording.Read(details, AlertDetails.Tools);
        return $"Outbreak {subject}: about {Wording.Count(Wording.Number(details, AlertDetails.Hosts), "host")} of "
            + $"{Wording.Count(Wording.Number(details, AlertDetails.Groups), Network(details))} act together on "
            + $"{Wording.List(Wording.Read(details, AlertDetails.Ports), Wording.Flag(details, AlertDetails.PortsMore))}"
            + (tools.Count > 0 ? $", marked by {Wording.List(tools)}" : "")
            + $"; seen by {Wording.List(engines)}.";
    }

    private static string Network(JsonObject details) => Wording.Text(details, AlertDetails.Grouping) switch
    {
        "as" => "AS",
        "" => "network",
        var grouping => grouping + " network",
    };

    private static string Witness(OutbreakFinding outbreak) =>
        $"{Wording.Count(outbreak.Packets, "packet")} on {Wording.List(outbreak.Ports)} "
        + $"from about {Wording.Count(outbreak.Hosts, "host")} of {Wording.Count(outbreak.Groups, "network")}";

    // One engine alone is right six times in ten at its threshold; what distinct methods see together is rarely chance.
    private static double Believe(OutbreakFinding outbreak)
    {
        var confidence = 0.60 + (0.20 * (1 - (1 / Math.Max(1, outbreak.Score)))) + (0.08 * (outbreak.Votes.Count - 1));
        return Draft.Bounded(Math.Min(0.97, confidence) - (outbreak.Conditions.Count > 0 ? 0.10 : 0));
    }

    private static JsonArray Objects<T>(IEnumerable<T> items, Func<T, JsonObject> write) => [.. items.Select(write)];

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private JsonObject Describe(OutbreakFinding outbreak)
    {
        var facts = outbreak.Sources.Select(_addresses.Lookup).ToArray();
        return new JsonObject
        {
            [AlertDetails.Ports] = Wording.Words(outbreak.Ports),
            [AlertDetails.PortCount] = outbreak.Ports.Count,
            [AlertDetails.Packets] = outbreak.Packets,
            [AlertDetails.Hosts] = outbreak.Hosts,
            [AlertDetails.Groups] = outbreak.Groups,
            [AlertDetails.Grouping] = outbreak.Grouping,
            [AlertDetails.Engines] = Wording.Words(outbreak.Votes.Select(vote => vote.Engine)),
            [AlertDetails.Tools] = Wording.Words(outbreak.Tools),
            [AlertDetails.Shapes] = Wording.Words(outbreak.Shapes),
            [AlertDetails.Conditions] = Wording.Words(outbreak.Conditions),
            [AlertDetails.Countries] = Wording.Words(Frequent(facts.Select(fact => fact.Country))),
            [AlertDetails.Networks] = Wording.Words(Frequent(facts.Select(fact => fact.Asn == 0 ? "" : $"AS{fact.Asn}"))),
            [AlertDetails.Sources] = Wording.Words(outbreak.Sources.Select(source => source.ToString())),
            [AlertDetails.Votes] = Objects(outbreak.Votes, vote => new JsonObject
            {
                ["engine"] = vote.Engine,
                ["sensor"] = outbreak.Sensor,
                ["score"] = Math.Round(vote.Score, 3),
                ["at"] = Time(vote.WindowEnd),
                ["condition"] = vote.Condition,
            }),
            [AlertDetails.Growth] = Objects(outbreak.Growth, point => new JsonObject
            {
                ["at"] = Time(point.At),
                ["sensor"] = outbreak.Sensor,
                ["hosts"] = point.Hosts,
                ["groups"] = point.Groups,
                ["packets"] = point.Packets,
            }),
            [AlertDetails.Edges] = Objects(outbreak.Edges, edge => new JsonObject
            {
                ["from"] = edge.From,
                ["to"] = edge.To,
                ["weight"] = Math.Round(edge.Weight, 3),
            }),
        };
    }

    private static IEnumerable<string> Frequent(IEnumerable<string> names) => names
        .Where(name => name.Length > 0)
        .CountBy(name => name)
        .OrderByDescending(pair => pair.Value)
        .ThenBy(pair => pair.Key, StringComparer.Ordinal)
        .Take(MostPlaces)
        .Select(pair => pair.Key);
}
