using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;

namespace Kizashi.Share.Stix;

/// <summary>STIX cyber-observable objects, with the identifiers that every producer would give them (STIX 2.1, chapter 6).</summary>
internal static class Observables
{
    /// <param name="addresses">One address, or a network in CIDR notation, which STIX allows.</param>
    public static string AddressId(Prefix addresses) =>
        StixId.OfObservable(AddressType(addresses), $$"""{"value":"{{Subject.OfAny(addresses)}}"}""");

    public static JsonObject Address(Prefix addresses, string? asId, IReadOnlyList<string> markings)
    {
        var json = Start(AddressType(addresses), AddressId(addresses), markings);
        json["value"] = Subject.OfAny(addresses).Value;
        if (asId is not null)
            json["belongs_to_refs"] = new JsonArray(asId);

        return json;
    }

    public static string AsId(uint number) => StixId.OfObservable(
        "autonomous-system", string.Create(CultureInfo.InvariantCulture, $$"""{"number":{{number}}}"""));

    public static JsonObject AutonomousSystem(uint number, string name, IReadOnlyList<string> markings)
    {
        var json = Start("autonomous-system", AsId(number), markings);
        json["number"] = number;
        if (name.Length > 0)
            json["name"] = name;

        return json;
    }

    /// <summary>Traffic of an address that names no other end: the other end is dark.</summary>
    public static JsonObject Traffic(TrafficFacts traffic, IReadOnlyList<string> markings)
    {
        var contributing = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal)
        {
            ["src_ref"] = AddressId(traffic.Source),
            ["start"] = traffic.Start,
            ["end"] = traffic.End,
            ["protocols"] = new JsonArray([.. traffic.Protocols.Select(protocol => (JsonNode)protocol)]),
        };
        if (traffic.SourcePort is { } sourcePort)
            contributing["src_port"] = (int)sourcePort;

        if (traffic.DestinationPort is { } destinationPort)
            contributing["dst_port"] = (int)destinationPort;

        var canonical = new JsonObject(contributing.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        var json = Start("network-traffic", StixId.OfObservable("network-traffic", canonical.ToJsonString(Canonical)), markings);
        foreach (var (key, value) in contributing)
            json[key] = value.DeepClone();

        return json;
    }

    private static readonly JsonSerializerOptions Canonical = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string AddressType(Prefix addresses) => addresses.IsV4 ? "ipv4-addr" : "ipv6-addr";

    private static JsonObject Start(string type, string id, IReadOnlyList<string> markings) => new()
    {
        ["type"] = type,
        ["spec_version"] = "2.1",
        ["id"] = id,
        ["object_marking_refs"] = new JsonArray([.. markings.Select(mark => (JsonNode)mark)]),
    };
}
