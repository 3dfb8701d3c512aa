using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Testing;

namespace Kizashi.Share.Tests.Stix;

public sealed class StixSchemaTests
{
    public static TheoryData<string> Kinds { get; } = new(EventCatalog.AlertKinds);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_is_valid_against_the_schemas(string kind)
    {
        var alerts = Given.EveryKind.Where(alert => alert.Kind == kind).ToList();
        Assert.NotEmpty(alerts);
        Assert.Equal("", await Bundles.FaultsAsync(await Bundles.WriteAsync(alerts)));
    }

    [Fact]
    public async Task Simulated_closed_revoked_and_every_marking_are_valid()
    {
        var alerts = Enum.GetValues<Tlp>().SelectMany(tlp => Given.EveryKind.Select(alert => alert with
        {
            Tlp = tlp,
            Simulated = true,
            Closed = alert.LastSeen,
            Verdict = Verdict.False,
        }));
        Assert.Equal("", await Bundles.FaultsAsync(await Bundles.WriteAsync(alerts)));
    }

    [Fact]
    public async Task Notes_of_people_stay_in_the_house_and_their_alert_is_valid()
    {
        var alert = Given.Scan() with { Notes = [new AlertNote(DateTimeOffset.UnixEpoch, "somebody", "not for others")] };
        var bundle = await Bundles.WriteAsync(alert);
        Assert.DoesNotContain("not for others", bundle, StringComparison.Ordinal);
        Assert.Equal("", await Bundles.FaultsAsync(bundle));
    }

    [Fact]
    public async Task The_schema_of_a_bundle_has_no_place_for_notes()
    {
        const string Note = """
            {"type":"note","spec_version":"2.1","id":"note--b3bd03f5-45b5-4f38-9d39-2d8bb2d3d7b5","created":"2026-11-23T07:00:10.000Z",
            "modified":"2026-11-23T07:00:10.000Z","content":"x","object_refs":["identity--b3bd03f5-45b5-4f38-9d39-2d8bb2d3d7b5"]},
            """;
        var bundle = await Bundles.WriteAsync(Given.Scan());
        Assert.NotEqual("", await Bundles.FaultsAsync(bundle.Replace("\"objects\":[", "\"objects\":[" + Note, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_extension_of_amplification_attacks_is_published_and_kept_to()
    {
        var published = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "stix", "amplification-attack.json"), TestContext.Current.CancellationToken);
        Assert.Equal("", await Bundles.FaultsAsync(published));
        var bundle = await Bundles.WriteAsync(Given.Reflected());
        Assert.Contains("\"wanted_bytes\":9000000", bundle, StringComparison.Ordinal);
        Assert.Contains("\"id\": \"extension-definition--7c1b0d3e", published, StringComparison.Ordinal);
        Assert.Contains("extension-definition--7c1b0d3e", bundle, StringComparison.Ordinal);
        Assert.NotEqual("", await Bundles.FaultsAsync(bundle.Replace("\"wanted_bytes\":9000000", "\"wanted_bytes\":-1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_empty_export_is_valid() =>
        Assert.Equal("", await Bundles.FaultsAsync(await Bundles.WriteAsync()));

    [Theory]
    [InlineData("\"first_observed\":\"2026-11-23T07:00:00.000Z\",", "")]
    [InlineData("\"ipv4-addr--", "\"ipv4-addr--0")]
    [InlineData("\"dst_port\":23,", "\"dst_port\":24,")]
    [InlineData("Z\"", "+00:00\"")]
    [InlineData("\"indicator--", "\"observed-data--")]
    public async Task The_check_sees_what_is_wrong(string right, string wrong)
    {
        var bundle = await Bundles.WriteAsync(Given.Scan());
        var broken = bundle.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(bundle, broken);
        Assert.NotEqual("", await Bundles.FaultsAsync(broken));
    }
}
