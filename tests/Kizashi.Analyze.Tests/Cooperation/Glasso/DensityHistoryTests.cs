using CsCheck;
using Kizashi.Analyze.Cooperation.Glasso;

namespace Kizashi.Analyze.Tests.Cooperation.Glasso;

public sealed class DensityHistoryTests
{
    private static readonly DarkGlassoOptions Options = new();

    [Fact]
    public void A_density_far_above_the_others_stands_out_and_is_taken_out()
    {
        var history = Filled(432);
        List<long> removed = [];
        Assert.True(history.Judge(432, 0.2, removed) > 1);
        Assert.Equal([432], removed);
        Assert.Equal(431, history.Count);
        Assert.True(history.Judge(433, 0.2, removed) > 1);
    }

    [Fact]
    public void A_full_history_is_judged_by_dark_tracers_ratio() =>
        Gen.Select(Gen.Double[0, 1].Array[431], Gen.Double[0.9, 2.5]).Sample((before, last) =>
        {
            var history = new DensityHistory(Options with { MinHistory = 431, FullHistory = 432, Settle = 432 });
            List<long> removed = [];
            for (var window = 0; window < 431; window++)
                Assert.Equal(0, history.Judge(window, before[window], removed));

            // Values that the rounding of the ratio could put on either side are left out by chance itself.
            double[] all = [.. before, last];
            var largest = all.Index().OrderBy(entry => entry.Item).Last();
            var ratio = Variance([.. all.Where((_, at) => at != largest.Index)]) / Variance(all);
            history.Judge(431, last, removed);
            Assert.Equal(ratio <= 0.98 ? [largest.Index] : (long[])[], removed);
        });

    [Fact]
    public void Nothing_is_judged_before_there_is_some_history()
    {
        var history = Filled(17);
        List<long> removed = [];
        Assert.Equal(0, history.Judge(17, 5, removed));
        Assert.Empty(removed);
        var other = Filled(18);
        Assert.True(other.Judge(18, 5, removed) > 1);
    }

    [Fact]
    public void A_short_history_is_judged_as_strictly_as_a_whole_one()
    {
        // Three standard deviations are common among many windows: 144 of them would alarm already at two.
        var history = Filled(144);
        List<long> removed = [];
        Assert.InRange(history.Judge(144, 0.1 + (2.8 * 0.01), removed), 0.5, 1);
        Assert.Empty(removed);
        Assert.True(history.Judge(145, 0.1 + (3.6 * 0.01), removed) >= 1);
    }

    [Fact]
    public void A_lower_density_never_stands_out()
    {
        List<long> removed = [];
        Assert.Equal(0, Filled(200).Judge(200, 0, removed));
        Assert.Empty(removed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    public void Equal_densities_never_stand_out(double density)
    {
        var history = new DensityHistory(Options);
        List<long> removed = [];
        for (var window = 0; window < 500; window++)
            Assert.Equal(0, history.Judge(window, density, removed));

        Assert.Empty(removed);
        Assert.Equal(432, history.Count);
    }

    [Fact]
    public void An_earlier_window_is_unmasked_when_later_ones_shrink_the_variance()
    {
        // Eight loud windows in the first hours hide each other; as quiet ones follow, they stand out one after
        // another.
        var history = new DensityHistory(Options);
        List<long> removed = [];
        for (var window = 0; window < 30; window++)
            history.Judge(window, window % 4 == 0 ? 1 : Noise(window), removed);

        Assert.Empty(removed);
        for (var window = 30; window < 120; window++)
            history.Judge(window, Noise(window), removed);

        Assert.Equal([0, 4, 8, 12, 16, 20, 24, 28], removed.Order());
    }

    [Fact]
    public void Windows_older_than_the_history_are_forgotten_even_over_gaps()
    {
        var history = Filled(432);
        history.Judge(800, 0.1, []);
        Assert.Equal(432 - 369 + 1, history.Count);
        history.Judge(5000, 0.1, []);
        Assert.Equal(1, history.Count);
    }

    [Fact]
    public void A_level_that_lasts_half_a_day_becomes_the_normal_one()
    {
        var history = Filled(432);
        List<long> removed = [];
        for (var window = 432; window < 432 + 72; window++)
            Assert.True(history.Judge(window, 0.5 + (Noise(window) / 10), removed) > 1);

        Assert.Equal(72, history.Count);
        Assert.True(history.Judge(504, 0.5, removed) < 1);
        Assert.Equal(72, removed.Count);
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    private static DensityHistory Filled(int windows)
    {
        var history = new DensityHistory(Options);
        for (var window = 0; window < windows; window++)
            history.Judge(window, Noise(window), []);

        return history;
    }

    // Two values around 0.1, standard deviation 0.01.
    private static double Noise(long window) => window % 2 == 0 ? 0.09 : 0.11;
}
