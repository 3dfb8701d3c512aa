using CsCheck;
using Kizashi.Analyze.Cooperation.Glasso;

namespace Kizashi.Analyze.Tests.Cooperation.Glasso;

public sealed class RowKernelsTests
{
    private static readonly Gen<(double[] Left, double[] Right)> Rows = Gen.Int[0, 9].Select(vectors => 4 * vectors)
        .SelectMany(length => Gen.Select(Gen.Double[-5, 5].Array[length], Gen.Double[-5, 5].Array[length]));

    [Fact]
    public void Rows_are_added_and_compared_as_by_plain_loops() => Rows.Sample(rows =>
    {
        var sum = rows.Right.ToArray();
        RowKernels.Add(0.5, rows.Left, sum);
        Assert.Equal(rows.Left.Zip(rows.Right, (left, right) => Math.FusedMultiplyAdd(0.5, left, right)), sum);
        var distances = rows.Left.Zip(rows.Right, (left, right) => Math.Abs(left - right)).ToArray();
        Assert.Equal(distances.DefaultIfEmpty().Max(), RowKernels.Distance(rows.Left, rows.Right));
        var list = new int[distances.Length];
        var found = RowKernels.Beyond(rows.Left, rows.Right, 2, list);
        Assert.Equal(distances.Index().Where(entry => entry.Item > 2).Select(entry => entry.Index), list.Take(found));
    });

    [Fact]
    public void Any_number_of_rows_is_combined() =>
        Gen.Int[0, 11]
            .SelectMany(count => Gen.Select(Gen.Double[-5, 5].Array[8 * count], Gen.Double[-5, 5].Array[count]))
            .Sample((rows, factors) =>
            {
                int[] listed = [.. Enumerable.Range(0, factors.Length).Reverse()];
                var sum = new double[8];
                RowKernels.Combine(rows, listed, factors, sum);
                for (var at = 0; at < 8; at++)
                {
                    var expected = listed.Index().Sum(row => rows[(row.Item * 8) + at] * factors[row.Index]);
                    Assert.Equal(expected, sum[at], 1e-9);
                }
            });
}
