using Kizashi.Core.Alerts;
using Kizashi.Portal.Sensors;
using Kizashi.Portal.Tests.Doubles;

namespace Kizashi.Portal.Tests.Sensors;

public sealed class SiteRecordTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_site_that_sees_first_most_often_stands_first()
    {
        var record = SiteRecord.Of([Seen(("east", 10), ("west", 0)), Seen(("east", 30), ("west", 0)), Seen(("east", 0), ("west", 0), ("south", 70))]);
        Assert.Equal(
            [
                new SiteRecord("west", 3, 3, TimeSpan.Zero), new SiteRecord("east", 3, 1, TimeSpan.FromMinutes(10)),
                new SiteRecord("south", 1, 0, TimeSpan.FromMinutes(70)),
            ],
            record);
    }

    [Fact]
    public void What_one_site_alone_saw_says_nothing_of_who_is_first() => Assert.Empty(SiteRecord.Of([Seen(("east", 0), ("east", 5)), Seen()]));

    private static Alert Seen(params (string Sensor, int Minutes)[] sites)
    {
        var alert = Invented.Outbreak(At);
        return alert with
        {
            Evidence = [.. sites.Select(site => alert.Evidence[0] with { Sensor = site.Sensor, From = At.AddMinutes(site.Minutes) })],
        };
    }
}
