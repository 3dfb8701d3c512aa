using System.Text.Json;
using System.Text.Json.Nodes;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;

namespace Kizashi.Core.Tests.Alerts;

public sealed class AlertJsonTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 23, 16, 0, 0, 5, TimeSpan.FromHours(9));

    private static readonly Alert Full = new()
    {
        Id = "0123456789ABCDEF",
        Kind = EventCatalog.DarknetScan,
        Subject = Subject.Of(Address.Parse("192.0.2.7")),
        Severity = Severity.High,
        Confidence = 0.87,
        Tlp = Tlp.AmberStrict,
        Opened = Time,
        Updated = Time.AddSeconds(1),
        Closed = Time.AddSeconds(2),
        FirstSeen = Time,
        LastSeen = Time.AddSeconds(1),
        Sensors = ["t1"],
        Evidence =
        [
            new Evidence { Sensor = "t1", EventId = "e", From = Time, To = Time, Packets = 5, Summary = "<script>", Details = new JsonObject { ["lost"] = 7 }, Batches = ["b"] },
        ],
        EvidenceDropped = 3,
        Details = new JsonObject { ["packets"] = 5L, ["ports"] = new JsonArray("tcp/23") },
        Summary = "192.0.2.7 scans.",
        Facts = new AddressFacts(Prefix.Parse("192.0.2.0/24"), 64500, "Example", "JP"),
        Simulated = true,
        Previous = "FEDCBA9876543210",
        MergedInto = "X",
        Acknowledged = Time,
        AcknowledgedBy = "ann",
        AssignedTo = "bob",
        Verdict = Verdict.True,
        Notes = [new AlertNote(Time, "ann", "seen")],
    };

    [Fact]
    public void An_alert_comes_back_whole()
    {
        var json = JsonSerializer.Serialize(Full, KizashiJson.Options);
        var back = JsonSerializer.Deserialize<Alert>(json, KizashiJson.Options)!;
        Assert.Equal(json, JsonSerializer.Serialize(back, KizashiJson.Options));
        Assert.Equal(Full.Opened, back.Opened);
        Assert.Equal((Full.Facts, Full.Tlp, Full.Verdict, Full.Subject), (back.Facts, back.Tlp, back.Verdict, back.Subject));
        Assert.All(typeof(Alert).GetProperties(), property => Assert.NotNull(property.GetValue(back)));
    }

    [Fact]
    public void Json_is_camelCase_with_words_for_enumerations_and_times_in_Z()
    {
        var json = JsonSerializer.SerializeToNode(Full, KizashiJson.Options)!;
        Assert.Equal("high", (string?)json["severity"]);
        Assert.Equal("amber-strict", (string?)json["tlp"]);
        Assert.Equal("2026-11-23T07:00:00.005Z", (string?)json["opened"]);
        Assert.Equal("192.0.2.0/24", (string?)json["facts"]!["prefix"]);
    }

    [Fact]
    public void Markup_in_text_is_escaped() =>
        Assert.DoesNotContain("<script>", JsonSerializer.Serialize(Full, KizashiJson.Options), StringComparison.Ordinal);

    [Fact]
    public void Kinds_are_lower_case_words_and_stand_once()
    {
        Assert.Distinct(EventCatalog.AlertKinds);
        Assert.All(EventCatalog.AlertKinds, kind => Assert.Matches(@"\A[a-z]+(\.[a-z]+(-[a-z]+)*)+\z", kind));
        var constants = typeof(EventCatalog).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetValue(null)!);
        Assert.Equal(constants.Order(), EventCatalog.AlertKinds.Order());
    }
}
