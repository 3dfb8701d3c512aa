using System.Text.Json;
using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;
using Kizashi.Warn.KnownScanners;
using Kizashi.Warn.Tests.Doubles;

namespace Kizashi.Warn.Tests.Rules;

public sealed class RulesTests
{
    private readonly House _house = new();

    private static Finding[] EveryFinding =>
        [Given.Scan(), Given.Aggressive(), Given.Victim(), Given.OwnHost(), Given.Outbreak(), Given.Reflected(), Given.Gap(), Given.Surge()];

    [Fact]
    public void Reflected_requests_are_of_low_severity_until_there_are_a_hundred()
    {
        var (early, confirmed, large) = (Judge(Given.Reflected(30)), Judge(Given.Reflected(150)), Judge(Given.Reflected(10_000)));
        Assert.Equal([Severity.Low, Severity.Medium, Severity.High], new[] { early.Severity, confirmed.Severity, large.Severity });
        Assert.True(early.Confidence < confirmed.Confidence && confirmed.Confidence < large.Confidence);
        Assert.Contains("203.0.113.81 is under an amplification attack by udp/53: 150 requests", confirmed.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_surge_is_told_with_its_odds_and_afterwards_with_what_came()
    {
        Assert.Equal(
            "port/tcp/5555 (sources) is expected to reach 8.2x the usual within a day (95 %: 3-15x), with a probability of 72 %, in about 9 hours: what it counts above the usual doubles every 4 hours.",
            Judge(Given.Surge()).Summary);
        var came = Judge(Given.Surge(SurgeOutcome.Came));
        Assert.EndsWith("was expected to reach 8.2x the usual within a day, and surged 7 hours later.", came.Summary, StringComparison.Ordinal);
        Assert.True(came.Ended);
        Assert.Equal(Severity.Low, Judge(Given.Surge(SurgeOutcome.StayedAway)).Severity);
        Assert.Contains("it did so in earlier weeks", Judge(Given.Surge() with { Doubling = null }).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_finding_makes_one_draft_and_together_they_are_the_catalog()
    {
        var kinds = EveryFinding.Select(finding => Judge(finding).Kind);
        Assert.Equal(EventCatalog.AlertKinds.Order(), kinds.Order());

        var findings = typeof(Finding).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(Finding)));
        Assert.Equal(findings, EveryFinding.Length);
    }

    [Fact]
    public void Every_key_of_the_details_is_documented_with_its_type()
    {
        _house.Known.Replace([new KnownScanner(Prefix.Parse("198.51.100.0/24"), "Example Survey")]);
        foreach (var finding in EveryFinding)
        {
            var draft = Judge(finding);
            var documented = EventsDocument.KeysOf(draft.Kind);
            Assert.All(draft.Details, pair => Assert.Equal(documented.GetValueOrDefault(pair.Key), TypeOf(pair.Value!)));
            Assert.Equal(
                documented.Keys.Except([AlertDetails.PortsMore]).Order(),
                draft.Details.Select(pair => pair.Key).Union(Optional(draft.Kind)).Order());
        }
    }

    [Fact]
    public void Evidence_keeps_as_values_what_it_tells_in_English()
    {
        foreach (var finding in EveryFinding)
        {
            var draft = Judge(finding);
            Assert.NotEmpty(draft.Evidence.Details!);
            Assert.All(draft.Evidence.Details!, pair => Assert.True(JsonNode.DeepEquals(draft.Details[pair.Key], pair.Value), pair.Key));
        }
    }

    [Fact]
    public void Summaries_are_one_plain_sentence()
    {
        Assert.Equal("198.51.100.7 scans tcp/23: 25 packets to 12 dark addresses.", Judge(Given.Scan()).Summary);
        Assert.Equal(
            "198.51.100.7 scans tcp/23: 25 packets to at least 12 dark addresses, with the fingerprint of mirai.",
            Judge(Given.Scan() with { DestinationsExact = false, Tools = ["mirai"] }).Summary);
        Assert.Equal(
            "203.0.113.80 is under a denial-of-service attack on tcp/443 with forged sources: "
            + "100 answers reached the darknet, at most 60 packets a minute.",
            Judge(Given.Victim()).Summary);
        Assert.Equal(
            "10.1.2.3, a host of our own networks, sent 2 packets on tcp/445 to 1 dark address: it is infected or misconfigured.",
            Judge(Given.OwnHost()).Summary);
        Assert.Equal(
            "198.51.100.7 is an aggressive scanner: 15 % of the dark addresses in one scan, 5,000 packets in all.",
            Judge(Given.Aggressive()).Summary);
        Assert.Equal(
            "Outbreak tcp/23 2026-11-23: about 60 hosts of 25 /16 networks act together on tcp/23; seen by baseline.",
            Judge(Given.Outbreak()).Summary);
        Assert.Equal("Sensor t1 has a gap: No packet for a minute.", Judge(Given.Gap()).Summary);
        Assert.Equal("Sensor t1 has a gap: No packet for a minute, 1,200 packets lost.", Judge(Given.Gap(1200)).Summary);
    }

    [Fact]
    public void Severity_follows_the_documented_rules()
    {
        Assert.Equal(Severity.Low, Judge(Given.Scan()).Severity);
        Assert.Equal(Severity.Medium, Judge(Given.Scan() with { Tools = ["mirai"] }).Severity);
        Assert.Equal(Severity.Medium, Judge(Given.Scan() with { Coverage = 0.1 }).Severity);
        Assert.Equal(Severity.Low, Judge(Given.Scan() with { Coverage = 0.0999 }).Severity);
        Assert.Equal(Severity.Medium, Judge(Given.Aggressive()).Severity);
        Assert.Equal(Severity.Medium, Judge(Given.Aggressive() with { ByCoverage = false, ByPackets = true, Packets = 1_000 }).Severity);
        Assert.Equal(Severity.Low, Judge(Given.Aggressive() with { ByCoverage = false, ByPackets = true, Packets = 999 }).Severity);
        Assert.Equal(Severity.Medium, Judge(Given.Victim() with { Score = 9.9 }).Severity);
        Assert.Equal(Severity.High, Judge(Given.Victim() with { Score = 10 }).Severity);
        Assert.Equal(Severity.High, Judge(Given.OwnHost(9)).Severity);
        Assert.Equal(Severity.Critical, Judge(Given.OwnHost(10)).Severity);
        Assert.Equal(Severity.Critical, Judge(Given.OwnHost() with { Tools = ["hajime"] }).Severity);
        Assert.Equal(Severity.Medium, Judge(Given.Outbreak(groups: 39)).Severity);
        Assert.Equal(Severity.High, Judge(Given.Outbreak(groups: 40)).Severity);
        Assert.Equal(Severity.High, Judge(Given.Outbreak() with { Votes = Agreeing(2) }).Severity);
        Assert.Equal(Severity.Medium, Judge(Given.Gap()).Severity);
    }

    [Fact]
    public void Confidence_follows_the_documented_rules()
    {
        Assert.Equal(0.70, Judge(Given.Scan()).Confidence);
        Assert.Equal(0.95, Judge(Given.Scan() with { Score = 1e6 }).Confidence);
        Assert.Equal(0.60, Judge(Given.Scan() with { TrafficType = "udp", Protocol = 17 }).Confidence);
        Assert.Equal(0.74, Judge(Given.Scan() with { Tools = ["zmap"] }).Confidence);
        Assert.Equal(0.85, Judge(Given.Aggressive()).Confidence);
        Assert.Equal(0.50, Judge(Given.Aggressive() with { Packets = 99 }).Confidence);
        Assert.Equal(0.95, Judge(Given.Aggressive() with { ByPackets = true, ByPorts = true }).Confidence);
        Assert.Equal(0.75, Judge(Given.Victim() with { Score = 1 }).Confidence);
        Assert.Equal(0.95, Judge(Given.Victim() with { Score = 1e6 }).Confidence);
        Assert.Equal(0.55, Judge(Given.Victim() with { Score = 1, DarkAddresses = 1 }).Confidence);
        Assert.Equal(0.65, Judge(Given.Victim() with { Score = 1, Mismatches = 50 }).Confidence);
        Assert.Equal(0.78, Judge(Given.Victim() with { Score = 1, Reasons = ["syn-ack", "rst"] }).Confidence);
        Assert.Equal(0.60, Judge(Given.OwnHost()).Confidence);
        Assert.Equal(0.97, Judge(Given.OwnHost(1_000)).Confidence);
        Assert.Equal(0.97, Judge(Given.OwnHost() with { Tools = ["mirai"] }).Confidence);
        Assert.Equal(0.60, Judge(Given.Outbreak()).Confidence);
        Assert.Equal(0.80, Judge(Given.Outbreak() with { Score = 1e6 }).Confidence);
        Assert.Equal(0.50, Judge(Given.Outbreak() with { Conditions = ["gap"] }).Confidence);
        Assert.Equal(0.76, Judge(Given.Outbreak() with { Votes = Agreeing(3) }).Confidence);
        Assert.Equal(0.97, Judge(Given.Outbreak() with { Score = 1e6, Votes = Agreeing(5) }).Confidence);
        Assert.Equal(0.80, Judge(Given.Gap()).Confidence);
        Assert.Equal(0.99, Judge(Given.Gap(1)).Confidence);
    }

    [Fact]
    public void A_known_scanner_is_named_and_lowers_the_severity_without_a_restart()
    {
        var loud = Given.Scan() with { Tools = ["mirai"] };
        Assert.Equal(Severity.Medium, Judge(loud).Severity);

        _house.Known.Replace([new KnownScanner(Prefix.Parse("198.51.100.0/24"), "Example Survey")]);
        var known = Judge(loud);
        Assert.Equal(Severity.Low, known.Severity);
        Assert.Equal("Example Survey", (string?)known.Details[AlertDetails.KnownScanner]);
        Assert.StartsWith("198.51.100.7 (Example Survey) scans", known.Summary, StringComparison.Ordinal);
        Assert.Equal(Severity.Low, Judge(Given.Aggressive()).Severity);

        _house.Apply(loud);
        Assert.Equal(Severity.Low, _house.Store.All[0].Severity);
    }

    [Fact]
    public void An_alert_of_many_ports_names_a_few_and_counts_the_rest()
    {
        _house.Apply([.. Enumerable.Range(1, 10).Select(port => Given.Scan($"e{port:00}", port: (ushort)port))]);
        Assert.Equal(
            "198.51.100.7 scans tcp/1, tcp/2, tcp/3 and 7 more: 250 packets to at least 12 dark addresses.",
            _house.Store.All[0].Summary);
    }

    [Fact]
    public void IPv6_scans_have_no_rate_and_no_coverage()
    {
        var draft = Judge(Given.Scan(source: Address.Parse("2001:db8::1")) with { InternetWideRate = null, Coverage = null });
        Assert.False(draft.Details.ContainsKey(AlertDetails.InternetWideRate));
        Assert.False(draft.Details.ContainsKey(AlertDetails.Coverage));
    }

    private static EngineVote[] Agreeing(int engines) =>
        [.. Enumerable.Range(0, engines).Select(number => new EngineVote($"engine-{number}", 1, Given.At(600)))];

    private static string[] Optional(string kind) => kind switch
    {
        EventCatalog.DarknetOwnHost => [AlertDetails.Tools],
        EventCatalog.ForecastSurge => [AlertDetails.Lead],
        _ => [],
    };

    private static string TypeOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => "number",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value is JsonArray { Count: > 0 } list && list[0] is JsonObject ? "array of objects" : "array of strings",
    };

    private AlertDraft Judge(Finding finding) =>
        Assert.Single(_house.Rules.Select(rule => rule.Judge(finding)).OfType<AlertDraft>());
}
