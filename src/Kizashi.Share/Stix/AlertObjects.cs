using System.Globalization;
using System.Text.Json.Nodes;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;

namespace Kizashi.Share.Stix;

/// <summary>The STIX objects of one alert in the making: what all kinds share.</summary>
internal sealed class AlertObjects
{
    /// <summary>Ports shown as network traffic; the description names how many there are.</summary>
    public const int MostTraffic = 16;

    private const int MostCount = 999_999_999;

    private readonly List<JsonObject> _objects = [];
    private readonly string _created;
    private readonly string _modified;

    public AlertObjects(Alert alert, string identityId)
    {
        Alert = alert;
        IdentityId = identityId;
        Markings = alert.Simulated ? [TlpMarking.IdOf(alert.Tlp), SimulatedMarking.Id] : [TlpMarking.IdOf(alert.Tlp)];
        _created = Wording.Time(alert.Opened);
        _modified = Wording.Time(alert.Closed > alert.Updated ? alert.Closed.Value : alert.Updated);
    }

    public Alert Alert { get; }

    public string IdentityId { get; }

    /// <summary>Ids of the markings that every object of the alert bears.</summary>
    public IReadOnlyList<string> Markings { get; }

    public string FirstSeen => Wording.Time(Alert.FirstSeen);

    public string LastSeen => Wording.Time(Alert.LastSeen);

    /// <summary>Packets that stand behind the alert, within what STIX allows.</summary>
    public long Observed => Math.Clamp(Number(AlertDetails.Packets), 1, MostCount);

    public int Events => Math.Clamp(Alert.Evidence.Count + Alert.EvidenceDropped, 1, MostCount);

    public IReadOnlyList<JsonObject> Objects => _objects;

    public IReadOnlyList<string> Words(string key) => Alert.Details.Texts(key);

    public long Number(string key) => Alert.Details.Whole(key) ?? 0;

    public bool Has(string key) => Alert.Details.ContainsKey(key);

    /// <summary>Adds a domain or relationship object named for the alert, its type and a role in it.</summary>
    public JsonObject Add(string type, string role)
    {
        var labels = new JsonArray(Alert.Kind, "severity:" + Wording.Word(Alert.Severity));
        if (Alert.Simulated)
            labels.Add("simulated");

        var json = new JsonObject
        {
            ["type"] = type,
            ["spec_version"] = "2.1",
            ["id"] = StixId.Of(type, $"{Alert.Id}\0{role}"),
            ["created_by_ref"] = IdentityId,
            ["created"] = _created,
            ["modified"] = _modified,
            ["confidence"] = (int)Math.Round(Alert.Confidence * 100),
            ["labels"] = labels,
            ["object_marking_refs"] = new JsonArray([.. Markings.Select(id => (JsonNode)id)]),
        };
        _objects.Add(json);
        return json;
    }

    public void Relate(string source, string relation, string target)
    {
        var json = Add("relationship", $"{source}\0{relation}\0{target}");
        json["relationship_type"] = relation;
        json["source_ref"] = source;
        json["target_ref"] = target;
    }

    public void AddShared(JsonObject json) => _objects.Add(json);

    /// <summary>The address, its AS and what it sent, as observables; then the observed-data that holds them.</summary>
    /// <returns>Id of the observed-data object.</returns>
    public string Observe(Address address, IEnumerable<TrafficFacts> traffic) => Observe([Prefix.Of(address)], traffic);

    /// <summary>Several addresses and what they sent; the AS is told where the alert is about one address.</summary>
    /// <returns>Id of the observed-data object.</returns>
    public string Observe(IReadOnlyList<Prefix> addresses, IEnumerable<TrafficFacts> traffic)
    {
        var references = new List<string>();
        string? asId = null;
        if (Alert.Facts.Asn != 0)
        {
            asId = Observables.AsId(Alert.Facts.Asn);
            AddObservable(Observables.AutonomousSystem(Alert.Facts.Asn, Alert.Facts.AsName, Markings), references);
        }

        foreach (var address in addresses)
            AddObservable(Observables.Address(address, asId, Markings), references);

        foreach (var facts in traffic)
            AddObservable(Observables.Traffic(facts, Markings), references);

        var observed = Add("observed-data", "observed");
        observed["first_observed"] = FirstSeen;
        observed["last_observed"] = LastSeen;
        observed["number_observed"] = Observed;
        observed["object_refs"] = new JsonArray([.. references.Select(id => (JsonNode)id)]);
        return (string)observed["id"]!;
    }

    /// <returns>The sighting.</returns>
    public JsonObject Sight(string of, string observed, string where)
    {
        var sighting = Add("sighting", "sighting");
        sighting["sighting_of_ref"] = of;
        sighting["observed_data_refs"] = new JsonArray(observed);
        sighting["where_sighted_refs"] = new JsonArray(where);
        sighting["first_seen"] = FirstSeen;
        sighting["last_seen"] = LastSeen;
        sighting["count"] = Events;
        return sighting;
    }

    /// <summary>Traffic to each port the alert names, at most sixteen of them.</summary>
    public IEnumerable<TrafficFacts> TrafficFrom(Address address, bool portIsSource) => TrafficFrom(Prefix.Of(address), portIsSource);

    /// <inheritdoc cref="TrafficFrom(Address, bool)"/>
    public IEnumerable<TrafficFacts> TrafficFrom(Prefix address, bool portIsSource)
    {
        var ports = Words(AlertDetails.Ports);
        foreach (var text in ports.Take(MostTraffic))
        {
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            ushort? port = slash > 0 && ushort.TryParse(text.AsSpan(slash + 1), CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
            var protocol = slash > 0 ? text[..slash] : text;
            yield return new TrafficFacts(
                address,
                [address.IsV4 ? "ipv4" : "ipv6", protocol == "icmp6" ? "ipv6-icmp" : protocol],
                portIsSource ? port : null,
                portIsSource ? null : port,
                FirstSeen,
                LastSeen);
        }
    }

    private void AddObservable(JsonObject json, List<string> references)
    {
        var id = (string)json["id"]!;
        if (references.Contains(id))
            return;

        references.Add(id);
        _objects.Add(json);
    }
}
