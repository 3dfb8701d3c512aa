using Kizashi.Analyze.Campaigns;

namespace Kizashi.Analyze.Tests.Campaigns;

public sealed class CampaignClusteringTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Twenty_campaigns_among_twice_as_many_others_are_told_apart(int seed)
    {
        var world = new CampaignWorld(seed);
        var verdict = CampaignClustering.Cluster(world.Sources, new CampaignOptions(), TestContext.Current.CancellationToken);
        var all = RandIndex.Adjusted(world.Labels, verdict.Labels);

        // Who was found in none is alone here, so that one pile of the unfound cannot pass for a campaign.
        var members = Enumerable.Range(0, world.Labels.Count).Where(source => world.Labels[source] >= 0).ToArray();
        var within = RandIndex.Adjusted(
            [.. members.Select(source => world.Labels[source])],
            [.. members.Select(source => verdict.Labels[source] >= 0 ? verdict.Labels[source] : -1 - source)]);
        var wrongly = Enumerable.Range(0, world.Labels.Count).Count(source => world.Labels[source] < 0 && verdict.Labels[source] >= 0);
        output.WriteLine($"seed {seed}: {verdict.Campaigns} campaigns, ARI {all:F3} with noise as one class, {within:F3} within campaigns, {wrongly} of {world.Labels.Count - members.Length} others in one");
        Assert.True(all >= 0.9, $"{all:F3}");
        Assert.True(within >= 0.9, $"{within:F3}");
    }

    [Fact]
    public void Noise_alone_makes_no_campaign()
    {
        var verdict = CampaignClustering.Cluster(new CampaignWorld(4, campaigns: 0).Sources, new CampaignOptions(), TestContext.Current.CancellationToken);
        Assert.Equal(0, verdict.Campaigns);
    }

    [Fact]
    public void A_source_is_nearest_to_those_of_its_campaign()
    {
        var world = new CampaignWorld(5);
        var verdict = CampaignClustering.Cluster(world.Sources, new CampaignOptions(), TestContext.Current.CancellationToken);
        var near = Enumerable.Range(0, world.Labels.Count).Where(source => world.Labels[source] >= 0 && verdict.Neighbors[source].Count > 0)
            .Select(source => world.Labels[verdict.Neighbors[source][0].Source] == world.Labels[source] ? 1.0 : 0)
            .Average();
        Assert.True(near >= 0.95, $"{near:F3}");
    }

    [Fact]
    public void The_same_sources_give_the_same_verdict()
    {
        var world = new CampaignWorld(6);
        Assert.Equal(
            CampaignClustering.Cluster(world.Sources, new CampaignOptions(), TestContext.Current.CancellationToken).Labels,
            CampaignClustering.Cluster(world.Sources, new CampaignOptions(), TestContext.Current.CancellationToken).Labels);
    }

    [Fact]
    public void Nothing_and_single_sources_are_no_campaign()
    {
        Assert.Equal(0, CampaignClustering.Cluster([], new CampaignOptions(), TestContext.Current.CancellationToken).Campaigns);
        Assert.Equal([-1, -1], CampaignClustering.Cluster([[new SourceTouch(1, 1, 1)], []], new CampaignOptions(), TestContext.Current.CancellationToken).Labels);
    }

    [Theory]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 5, 5, 7, 7 }, 1)]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 0, 1, 0, 1 }, -0.5)]
    [InlineData(new[] { 0, 0, 1, 2 }, new[] { 0, 0, 1, 1 }, 0.5714285714285715)]
    public void The_index_is_that_of_scikit_learn(int[] left, int[] right, double expected) =>
        Assert.Equal(expected, RandIndex.Adjusted(left, right), 12);
}
