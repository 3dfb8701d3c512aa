using System.Text.Json.Nodes;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Sensors;
using Kizashi.Portal.Alerts;
using Kizashi.Portal.Tests.Doubles;

namespace Kizashi.Portal.Tests.Alerts;

public sealed class OutbreakSpreadTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Sites_that_see_it_alike_for_their_size_make_it_global()
    {
        var spread = OutbreakSpread.Of(Seen(("east", 0, 4_000), ("west", 30, 1_000)), [Sensor("east", 16), Sensor("west", 18)]);
        Assert.Equal(0, spread.Locality!.Value, 6);
        Assert.False(spread.IsLocal);
        Assert.Equal(["east", "west"], spread.Sites.Select(site => site.Sensor));
        Assert.Equal(TimeSpan.FromMinutes(30), spread.Sites[1].First - spread.Sites[0].First);
    }

    [Fact]
    public void One_site_alone_makes_it_local_though_others_were_there()
    {
        var spread = OutbreakSpread.Of(Seen(("west", 0, 50)), [Sensor("east", 16), Sensor("west", 18), Sensor("south", 20)]);
        Assert.Equal(1, spread.Locality!.Value, 6);
        Assert.True(spread.IsLocal);
        Assert.Equal("west", spread.Sites[0].Sensor);
        Assert.Null(spread.Sites[2].First);
    }

    [Fact]
    public void Each_site_tells_its_country_and_one_that_is_gone_tells_none()
    {
        var spread = OutbreakSpread.Of(
            Seen(("east", 0, 4_000), ("west", 30, 1_000), ("gone", 40, 10)), [Sensor("east", 16) with { Country = "JP" }, Sensor("west", 18) with { Country = "DE" }]);
        Assert.Equal(["JP", "DE", ""], spread.Sites.Select(site => site.Country));
    }

    [Theory]
    [InlineData(16, 16, 0.1887)]
    [InlineData(16, 18, 0.6088)]
    public void Between_both_the_share_of_each_dark_address_counts(int east, int west, double locality) => Assert.Equal(
        locality,
        OutbreakSpread.Of(Seen(("east", 0, 1_000), ("west", 5, 3_000)), [Sensor("east", east), Sensor("west", west)]).Locality!.Value,
        4);

    [Fact]
    public void With_one_sensor_or_an_unknown_size_nothing_is_said_of_it()
    {
        Assert.Null(OutbreakSpread.Of(Seen(("east", 0, 10)), [Sensor("east", 16)]).Locality);
        Assert.Null(OutbreakSpread.Of(Seen(("east", 0, 10), ("gone", 0, 10)), [Sensor("east", 16)]).Locality);
    }

    [Fact]
    public void A_sensor_that_stopped_before_it_began_counts_for_nothing() => Assert.Single(OutbreakSpread.Of(
        Seen(("east", 0, 10)), [Sensor("east", 16), Sensor("old", 16) with { LastPacket = At.AddDays(-1) }]).Sites);

    [Fact]
    public void Details_of_any_form_are_read_without_fault()
    {
        var alert = Seen(("east", 0, 10)) with
        {
            Details = new JsonObject { [AlertDetails.Growth] = new JsonArray(1, "x", new JsonObject { ["sensor"] = 7 }), [AlertDetails.Edges] = "none" },
        };
        Assert.Equal(10, OutbreakSpread.Of(alert, []).Sites[0].Packets);
    }

    private static Alert Seen(params (string Sensor, int Minutes, long Packets)[] sites)
    {
        var alert = Invented.Outbreak(At);
        return alert with
        {
            Details = [],
            Sensors = [.. sites.Select(site => site.Sensor)],
            Evidence =
            [
                .. sites.Select(site => alert.Evidence[0] with
                {
                    Sensor = site.Sensor,
                    From = At.AddMinutes(site.Minutes),
                    Packets = site.Packets,
                }),
            ],
        };
    }

    private static SensorStatus Sensor(string name, int length) =>
        Invented.Sensors(At.AddHours(1)).First() with { Name = name, DarkPrefixes = [Prefix.Parse($"10.0.0.0/{length}")] };
}
