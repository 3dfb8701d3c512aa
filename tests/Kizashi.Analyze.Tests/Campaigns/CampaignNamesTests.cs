using Kizashi.Analyze.Campaigns;
using Kizashi.Core.Addresses;
using Kizashi.Core.Campaigns;

namespace Kizashi.Analyze.Tests.Campaigns;

public sealed class CampaignNamesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_the_same_name_the_second_is_numbered() =>
        Assert.Equal(
            ["tcp/23 2026-11-23", "tcp/23 2026-11-23 #2", "tcp/22 2026-11-23", "tcp/23 2026-11-23 #3"],
            CampaignNames.Distinct(
            [
                Make("tcp/23 2026-11-23", 0, 9, Noon), Make("tcp/23 2026-11-23", 10, 9, Noon), Make("tcp/22 2026-11-23", 20, 9, Noon),
                Make("tcp/23 2026-11-23", 30, 9, Noon),
            ]).Select(campaign => campaign.Name));

    [Fact]
    public void A_campaign_with_half_of_its_sources_from_before_goes_on_under_its_name_and_grows_on()
    {
        var before = Make("tcp/23 2026-11-23", 0, 20, Noon, (0, 10, 10), (1, 20, 10));
        var now = Make("tcp/23+tcp/2323 2026-11-24", 10, 40, Noon.AddHours(1), (0, 22, 22), (2, 30, 8));
        var campaign = Carry([now], [before])[0];
        Assert.Equal("tcp/23 2026-11-23", campaign.Name);
        Assert.Equal(Noon, campaign.First);
        Assert.Equal(40, campaign.Sources.Count);
        Assert.Equal(
            [new CampaignHour(Noon, 10, 10), new(Noon.AddHours(1), 22, 22), new(Noon.AddHours(3), 30, 8)], campaign.Hours);
    }

    [Fact]
    public void With_less_in_common_it_is_another_and_takes_no_name_that_goes_on()
    {
        var before = Make("tcp/23 2026-11-23", 0, 20, Noon);
        var (heir, other) = (Make("tcp/22 2026-11-24", 0, 15, Noon), Make("tcp/23 2026-11-23", 11, 30, Noon));
        Assert.Equal(["tcp/22 2026-11-24", "tcp/23 2026-11-23"], Carry([heir, Make("tcp/23 2026-11-23", 500, 30, Noon)], []).Select(campaign => campaign.Name));
        Assert.Equal(["tcp/23 2026-11-23", "tcp/23 2026-11-23 #2"], Carry([heir, other], [before]).Select(campaign => campaign.Name));
    }

    [Fact]
    public void Of_two_heirs_the_larger_part_goes_on()
    {
        var before = Make("tcp/23 2026-11-23", 0, 20, Noon);
        var names = Carry([Make("a", 0, 8, Noon), Make("b", 8, 12, Noon)], [before]).Select(campaign => campaign.Name);
        Assert.Equal(["a", "tcp/23 2026-11-23"], names);
    }

    private static IReadOnlyList<Campaign> Carry(Campaign[] now, Campaign[] before) =>
        CampaignNames.Carry(new CampaignReport([], [], [], now), before).Campaigns;

    private static Campaign Make(
        string name, int from, int count, DateTimeOffset first, params (int After, int Active, int Joined)[] hours) => new(
        name, [.. Enumerable.Range(from, count).Select(number => Address.FromV4(0xC6336400u + (uint)number))], ["tcp/23"], [], first,
        first.AddHours(2), 100, [.. hours.Select(hour => new CampaignHour(first.AddHours(hour.After), hour.Active, hour.Joined))]);
}
