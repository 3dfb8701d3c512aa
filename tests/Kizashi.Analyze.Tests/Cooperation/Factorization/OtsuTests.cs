using CsCheck;
using Kizashi.Analyze.Cooperation.Factorization;

namespace Kizashi.Analyze.Tests.Cooperation.Factorization;

public sealed class OtsuTests
{
    [Fact]
    public void Two_clusters_are_split_between_them() =>
        Assert.Equal(9, Otsu.Threshold([1, 10, 2, 9, 1.5, 11]));

    [Fact]
    public void Counted_zeros_are_as_good_as_given_ones()
    {
        Gen.Select(Gen.Double[0, 10].Array[0, 30], Gen.Int[0, 50]).Sample((values, zeros) => Assert.Equal(
            Otsu.Threshold([.. values, .. new double[zeros]]), Otsu.Threshold(values, zeros)));
    }

    [Fact]
    public void It_is_the_best_of_all_splits()
    {
        Gen.Int[0, 20].Select(value => (double)value).Array[2, 30].Where(values => values.Distinct().Count() > 1).Sample(values =>
        {
            var best = values.Distinct().Order().Skip(1).Max(split => Between(values, split));
            Assert.Equal(best, Between(values, Otsu.Threshold(values)), 1e-9);
        });
    }

    [Fact]
    public void The_scale_does_not_matter()
    {
        Gen.Double[0, 10].Array[2, 30].Sample(values =>
            Assert.Equal(Otsu.Threshold(values) * 1024, Otsu.Threshold([.. values.Select(value => value * 1024)])));
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 3.0 })]
    [InlineData(new[] { 3.0, 3, 3 })]
    [InlineData(new[] { 0.0, -1, double.NaN, double.PositiveInfinity })]
    public void Without_two_different_numbers_there_is_no_threshold(double[] values) =>
        Assert.Equal(double.PositiveInfinity, Otsu.Threshold(values));

    [Fact]
    public void Equal_members_stand_out_from_those_that_are_not_there() => Assert.Equal(3, Otsu.Threshold([3, 3, 3], 65_533));

    private static double Between(double[] values, double split)
    {
        var (upper, lower) = (values.Where(value => value >= split).ToList(), values.Where(value => value < split).ToList());
        var apart = upper.Average() - lower.Average();
        return (double)upper.Count / values.Length * lower.Count / values.Length * apart * apart;
    }
}
