using CsCheck;
using Kizashi.Analyze.Cooperation.Factorization;

namespace Kizashi.Analyze.Tests.Cooperation.Factorization;

public sealed class DarkNmfTests
{
    private static readonly int[] Bots = [.. Enumerable.Range(0, 25).Select(at => at * 31)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_group_in_step_is_found_among_hosts_on_their_own(int seed)
    {
        var window = new PlantedWindow(seed, 800).Plant(Bots, [3, 4, 5, 11, 12, 20, 21, 27], 4);

        var found = new DarkNmf().Judge(window.Counts, 800);

        Assert.Contains(found.Groups, group => Share(group.Columns, Bots) >= 0.9);
        Assert.True(found.Converged);
    }

    [Fact]
    public void Two_groups_are_told_apart()
    {
        int[] others = [.. Enumerable.Range(0, 15).Select(at => 5 + (at * 17))];
        var window = new PlantedWindow(9, 800).Plant(Bots, [1, 2, 3, 4, 5, 6, 7, 8], 5).Plant(others, [15, 18, 21, 24, 27], 7);

        var found = new DarkNmf().Judge(window.Counts, 800);

        Assert.Contains(found.Groups, group => Share(group.Columns, Bots) >= 0.9);
        Assert.Contains(found.Groups, group => Share(group.Columns, others) >= 0.9);
        Assert.InRange(found.Rank, 1, 10);
    }

    [Fact]
    public void A_group_in_step_scores_higher_than_what_chance_put_together()
    {
        var found = new DarkNmf().Judge(new PlantedWindow(4, 800).Plant(Bots, [3, 9, 10, 11, 25], 6).Counts, 800);

        Assert.True(Share(found.Groups[0].Columns, Bots) >= 0.9);
        Assert.All(found.Groups, group => Assert.InRange(group.Score, 0, 1));
    }

    [Fact]
    public void Profiles_say_when_the_group_was_active()
    {
        int[] minutes = [3, 4, 5, 11];
        var found = new DarkNmf().Judge(new PlantedWindow(4, 300).Plant([1, 2, 3, 4, 5, 6, 7, 8], minutes, 20).Counts, 300);

        var profile = found.Groups[0].Profile;
        Assert.Equal(1, profile.Sum(), 1e-3);
        Assert.True(minutes.Sum(minute => profile[minute]) > 0.8);
    }

    [Fact]
    public void Faint_and_loud_columns_are_left_out_and_counted()
    {
        var window = new PlantedWindow(1, 100).Plant([0, 1, 2, 3], [5, 6, 7], 10);
        for (var minute = 0; minute < PlantedWindow.Minutes; minute++)
            (window.Counts[(minute * 100) + 50], window.Counts[(minute * 100) + 51]) = (0, minute == 9 ? 61 : 60);

        window.Counts[50] = 1;
        var found = new DarkNmf(new() { LeastPackets = 2 }).Judge(window.Counts, 100);

        Assert.True(found.ColumnsTooFaint >= 1);
        Assert.Equal(1, found.ColumnsTooLoud);
        Assert.Equal(100, found.ColumnsJudged + found.ColumnsTooFaint + found.ColumnsTooLoud);
        Assert.All(found.Groups, group => Assert.DoesNotContain(50, group.Columns));
        Assert.All(found.Groups, group => Assert.DoesNotContain(51, group.Columns));
    }

    [Fact]
    public void The_order_of_hosts_does_not_matter()
    {
        Gen.Int[0, 1000].Sample(
            seed =>
            {
                var window = new PlantedWindow(seed, 150).Plant([.. Enumerable.Range(10, 12)], [2, 3, 8, 9, 22], 9);
                var order = Enumerable.Range(0, 150).ToArray();
                new Random(seed).Shuffle(order);

                var straight = new DarkNmf().Judge(window.Counts, 150);
                var mixed = new DarkNmf().Judge(window.Permuted(order), 150);

                var found = mixed.Groups.Select(group => group.Columns.Select(column => order[column]).ToArray()).ToList();
                Assert.Contains(found, columns => Share(columns, straight.Groups[0].Columns) >= 0.9);
            },
            iter: 20);
    }

    [Fact]
    public void The_same_counts_give_the_same_verdict()
    {
        var counts = new PlantedWindow(6, 300).Plant([1, 2, 3], [1, 2], 30).Counts;

        var (first, second) = (new DarkNmf().Judge(counts, 300), new DarkNmf().Judge(counts, 300));

        Assert.Equal(first.Fits, second.Fits);
        Assert.Equal(first.Groups.Select(group => group.Score), second.Groups.Select(group => group.Score));
        Assert.Equal(first.Groups.SelectMany(group => group.Columns), second.Groups.SelectMany(group => group.Columns));
    }

    [Fact]
    public void Too_few_iterations_are_a_stated_condition()
    {
        var counts = new PlantedWindow(6, 300).Plant([1, 2, 3], [1, 2], 30).Counts;

        var found = new DarkNmf(new() { Factorization = new() { Iterations = 1 } }).Judge(counts, 300);

        Assert.False(found.Converged);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public void Windows_of_nothing_give_no_group(int hosts)
    {
        var found = new DarkNmf().Judge(new float[30 * hosts], hosts);

        Assert.Empty(found.Groups);
        Assert.Equal(0, found.Rank);
        Assert.True(found.Converged);
    }

    [Fact]
    public void Whatever_the_numbers_the_verdict_is_of_numbers()
    {
        var value = Gen.OneOf(Gen.Single, Gen.Int[0, 60].Select(count => (float)count), Gen.Const(float.NaN));
        Gen.Int[1, 9].SelectMany(hosts => value.Array[30 * hosts].Select(counts => (hosts, counts))).Sample(
            window =>
            {
                var found = new DarkNmf(new() { MostPerMinute = float.MaxValue }).Judge(window.counts, window.hosts);
                Assert.All(found.Fits, fit => Assert.True(double.IsFinite(fit.MeanSquaredError + fit.DescriptionLength)));
                Assert.All(found.Groups, group => Assert.InRange(group.Score, 0, 1));
                Assert.All(found.Groups, group => Assert.All(group.Profile.Concat(group.Packets), part => Assert.True(part >= 0)));
            },
            iter: 100);
    }

    private static double Share(int[] found, int[] planted) =>
        (double)found.Intersect(planted).Count() / found.Union(planted).Count();
}
