using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Share.Stix;

namespace Kizashi.Share.Tests.Stix;

public sealed partial class StixExporterTests
{
    [Fact]
    public async Task The_same_alerts_always_give_the_same_bundle() =>
        Assert.Equal(await Bundles.WriteAsync(Given.EveryKind), await Bundles.WriteAsync(Given.EveryKind));

    [Fact]
    public async Task A_scan_has_every_object_the_issue_names()
    {
        var types = (await Bundles.ObjectsAsync(Given.Scan())).Select(TypeOf).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "identity", "indicator", "observed-data", "sighting", "infrastructure", "marking-definition", "relationship",
                "ipv4-addr", "network-traffic", "autonomous-system", "malware", "tool",
            },
            types);
    }

    [Fact]
    public async Task Every_reference_is_answered_in_the_bundle()
    {
        var objects = await Bundles.ObjectsAsync(Given.EveryKind.Select(alert => alert with { Simulated = true }));
        var ids = objects.Select(IdOf).ToHashSet();
        foreach (var json in objects)
        {
            foreach (var (key, value) in json)
            {
                if (key.EndsWith("_ref", StringComparison.Ordinal))
                    Assert.Contains((string)value!, ids);
                else if (key.EndsWith("_refs", StringComparison.Ordinal))
                    Assert.All(value!.AsArray(), reference => Assert.Contains((string)reference!, ids));
            }
        }
    }

    [Fact]
    public async Task No_id_stands_twice()
    {
        var objects = await Bundles.ObjectsAsync(Given.EveryKind);
        Assert.Distinct(objects.Select(IdOf));
    }

    [Fact]
    public async Task All_made_ids_are_of_version_5()
    {
        var made = (await Bundles.ObjectsAsync(Given.EveryKind)).Where(json => TypeOf(json) != "marking-definition");
        Assert.All(made, json => Assert.Matches(@"\A[a-z0-9-]+--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z", IdOf(json)));
    }

    [Fact]
    public async Task All_times_end_in_Z_with_milliseconds()
    {
        var bundle = await Bundles.WriteAsync(Given.EveryKind.Select(alert => alert with
        {
            Opened = alert.Opened.ToOffset(TimeSpan.FromHours(9)),
        }));
        var times = Times().Matches(bundle);
        Assert.NotEmpty(times);
        Assert.All(times, time => Assert.Matches(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\z", time.Value));
        Assert.DoesNotContain("+09:00", bundle, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_victim_is_never_an_indicator()
    {
        var objects = await Bundles.ObjectsAsync(Given.Victim());
        Assert.DoesNotContain(objects, json => TypeOf(json) == "indicator");
        Assert.DoesNotContain(objects, json => json.ContainsKey("pattern"));
        var victim = Assert.Single(objects, json => TypeOf(json) == "identity" && json.ContainsKey("roles"));
        var sighting = Assert.Single(objects, json => TypeOf(json) == "sighting");
        Assert.Equal(IdOf(victim), (string?)sighting["where_sighted_refs"]![0]);
        Assert.StartsWith("attack-pattern--", (string?)sighting["sighting_of_ref"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_of_our_own_is_no_indicator_either() =>
        Assert.DoesNotContain(await Bundles.ObjectsAsync(Given.OwnHost()), json => TypeOf(json) == "indicator");

    [Fact]
    public async Task No_address_but_the_subject_leaves_the_house()
    {
        foreach (var alert in Given.EveryKind.Where(alert => alert.Subject.Kind == SubjectKind.Address))
        {
            var objects = await Bundles.ObjectsAsync(alert);
            var addresses = objects.Where(json => TypeOf(json) is "ipv4-addr" or "ipv6-addr").Select(json => (string?)json["value"]);
            Assert.Equal([alert.Subject.Value], addresses);
            Assert.All(objects.Where(json => TypeOf(json) == "network-traffic"), json => Assert.False(json.ContainsKey("dst_ref")));
        }
    }

    [Fact]
    public async Task What_is_simulated_says_so_in_every_object_of_its_own()
    {
        var objects = await Bundles.ObjectsAsync(Given.EveryKind.Select(alert => alert with { Simulated = true }));
        var marking = Assert.Single(objects, json => (string?)json["name"] == "Simulated");
        Assert.Contains("simulator", (string?)marking["definition"]!["statement"], StringComparison.Ordinal);
        Assert.All(
            objects.Where(json => json.ContainsKey("object_marking_refs")),
            json => Assert.Contains(IdOf(marking), json["object_marking_refs"]!.AsArray().Select(id => (string?)id)));
        Assert.All(
            objects.Where(json => json.ContainsKey("labels")),
            json => Assert.Contains("simulated", json["labels"]!.AsArray().Select(label => (string?)label)));

        Assert.DoesNotContain("simulat", await Bundles.WriteAsync(Given.EveryKind), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_known_scanner_is_benign_and_an_infected_one_malicious()
    {
        Assert.Equal(["benign"], await TypesOfIndicator(Given.Scan6()));
        Assert.Equal(["malicious-activity", "compromised"], await TypesOfIndicator(Given.Scan()));
    }

    [Fact]
    public async Task Counts_stay_within_what_the_standard_allows()
    {
        var observed = Assert.Single(await Bundles.ObjectsAsync(Given.Aggressive()), json => TypeOf(json) == "observed-data");
        Assert.Equal(999_999_999, (int)observed["number_observed"]!);
    }

    [Theory]
    [InlineData(Tlp.Clear, "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "TLP:CLEAR", "clear")]
    [InlineData(Tlp.Green, "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "TLP:GREEN", "green")]
    [InlineData(Tlp.Amber, "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "TLP:AMBER", "amber")]
    [InlineData(Tlp.AmberStrict, "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", "TLP:AMBER+STRICT", "amber+strict")]
    [InlineData(Tlp.Red, "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", "TLP:RED", "red")]
    public async Task Markings_are_those_that_OASIS_published(Tlp tlp, string id, string name, string word)
    {
        var objects = await Bundles.ObjectsAsync(Given.Scan() with { Tlp = tlp });
        var marking = Assert.Single(objects, json => TypeOf(json) == "marking-definition");
        Assert.Equal((id, name), (IdOf(marking), (string?)marking["name"]));
        var extension = marking["extensions"]!["extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"]!;
        Assert.Equal(word, (string?)extension["tlp_2_0"]);
        Assert.Equal("property-extension", (string?)extension["extension_type"]);
        Assert.All(
            objects.Where(json => json.ContainsKey("object_marking_refs")),
            json => Assert.Equal([id], json["object_marking_refs"]!.AsArray().Select(mark => (string?)mark)));
    }

    /// <summary>Identifiers as the standard's examples (STIX 2.1, section 3.7) and other producers have them.</summary>
    [Fact]
    public void Observables_have_the_ids_that_every_producer_gives_them()
    {
        Assert.Equal("ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4", Observables.AddressId(Prefix.Parse("198.51.100.3")));
        Assert.Equal("ipv6-addr--6469e3a9-b053-5e34-a025-9396ae051d26", Observables.AddressId(Prefix.Parse("2001:db8::1")));
        Assert.Equal("autonomous-system--3aa27478-50b5-5ab8-9da9-cdc12b657fff", Observables.AsId(15139));
    }

    [Fact]
    public async Task Twenty_thousand_alerts_take_no_more_memory_than_a_few()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        await using var stream = new CountingStream();
        await new StixExporter().WriteAsync(Alerts(), stream, new ExportOptions(), TestContext.Current.CancellationToken);
        Assert.True(stream.Written > 100_000_000, $"{stream.Written}");
        Assert.True(most < 30_000_000, $"{most}");

        IEnumerable<Alert> Alerts()
        {
            var scan = Given.Scan();
            for (var index = 0u; index < 20_000; index++)
            {
                if (index % 5_000 == 4_999)
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);

                yield return scan with { Id = $"{index:D16}", Subject = Subject.Of(Address.FromV4(index)) };
            }
        }
    }

    private static async Task<IEnumerable<string?>> TypesOfIndicator(Alert alert) =>
        Assert.Single(await Bundles.ObjectsAsync(alert), json => TypeOf(json) == "indicator")["indicator_types"]!
            .AsArray().Select(type => (string?)type);

    private static string TypeOf(JsonObject json) => (string)json["type"]!;

    private static string IdOf(JsonObject json) => (string)json["id"]!;

    [GeneratedRegex(@"(?<="")\d{4}-\d\d-\d\dT[^""]*")]
    private static partial Regex Times();
}
