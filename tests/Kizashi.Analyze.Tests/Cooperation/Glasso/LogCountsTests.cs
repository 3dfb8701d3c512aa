using Kizashi.Analyze.Cooperation.Glasso;

namespace Kizashi.Analyze.Tests.Cooperation.Glasso;

public sealed class LogCountsTests
{
    [Fact]
    public void Silence_is_a_tenth_and_the_covariance_is_the_populations()
    {
        float[] counts = [0, 1, 1, 10];
        var (silent, ten) = (Math.Log(0.1), Math.Log(10));
        var (own, both) = (silent * silent / 4, -silent * ten / 4);
        Assert.Equal([own, both, both, ten * ten / 4], LogCounts.Covariance(counts, 2, [0, 1]), Near);
    }

    [Fact]
    public void Only_the_chosen_columns_are_compared()
    {
        float[] counts = [5, 1, 7, 5, MathF.E * MathF.E, 7];
        Assert.Equal(1, Assert.Single(LogCounts.Covariance(counts, 3, [1])), 1e-6);
    }

    [Fact]
    public void What_is_no_number_counts_as_silence()
    {
        float[] strange = [float.NaN, -3, float.NegativeInfinity, 0.05f, float.PositiveInfinity, float.MaxValue];
        var covariance = LogCounts.Covariance([.. strange, .. new float[6]], 6, [0, 1, 2, 3, 4, 5]);
        Assert.All(covariance, value => Assert.True(double.IsFinite(value)));
        Assert.Equal(new double[4], covariance[..4]);
        Assert.True(covariance[^1] > 0);
    }

    private static bool Near(double left, double right) => Math.Abs(left - right) < 1e-12;
}
