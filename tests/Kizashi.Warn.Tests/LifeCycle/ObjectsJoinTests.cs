using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;
using Kizashi.Warn.LifeCycle;
using Kizashi.Warn.Tests.Doubles;

namespace Kizashi.Warn.Tests.LifeCycle;

public sealed class ObjectsJoinTests
{
    private readonly House _house = new();

    [Fact]
    public void An_outbreak_grows_in_one_alert_with_one_curve_and_one_vote_for_each_engine()
    {
        _house.Apply(Given.Outbreak());
        var grown = Given.Outbreak(groups: 50, packets: 900, to: 1200);
        _house.Apply(grown with
        {
            Growth = [.. Given.Outbreak().Growth, .. grown.Growth],
            Votes = [new EngineVote("baseline", 9, Given.At(1200)), new EngineVote("nmf", 2, Given.At(1200))],
        });

        var alert = Assert.Single(_house.Store.All);
        var details = alert.Details;
        Assert.Equal([25, 50], details[AlertDetails.Growth]!.AsArray().Select(point => (long)point!["groups"]!));
        Assert.Equal([9.0, 2.0], details[AlertDetails.Votes]!.AsArray().Select(vote => (double)vote!["score"]!));
        Assert.Equal(900, (long)details[AlertDetails.Packets]!);
        Assert.Equal(Severity.High, alert.Severity);
    }

    [Fact]
    public void Older_news_changes_nothing()
    {
        var grown = Given.Outbreak(groups: 50, packets: 900, to: 1200);
        _house.Apply(grown with { Growth = [.. Given.Outbreak().Growth, .. grown.Growth] });
        var before = _house.Store.All[0].Details.ToJsonString();

        _house.Apply(Given.Outbreak());
        Assert.Equal(before, _house.Store.All[0].Details.ToJsonString());
    }

    [Fact]
    public void A_curve_without_end_keeps_its_newest_points()
    {
        var held = new JsonArray();
        for (var at = 0; at < 2 * ObjectsJoin.Most; at++)
        {
            var news = new JsonArray(new JsonObject { ["at"] = $"{at:0000}", ["sensor"] = "t1", ["hosts"] = 1 });
            Assert.True(ObjectsJoin.Into(AlertDetails.Growth, held, news));
        }

        Assert.Equal(ObjectsJoin.Most, held.Count);
        Assert.Equal("1023", (string?)held[^1]!["at"]);
        Assert.False(ObjectsJoin.Into(AlertDetails.Growth, held, new JsonArray(new JsonObject { ["at"] = "0000", ["sensor"] = "t1" })));
    }
}
