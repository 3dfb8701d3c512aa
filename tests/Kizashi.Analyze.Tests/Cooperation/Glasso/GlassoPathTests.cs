using CsCheck;
using Kizashi.Analyze.Cooperation.Glasso;

namespace Kizashi.Analyze.Tests.Cooperation.Glasso;

public sealed class GlassoPathTests
{
    private const double Close = 1e-4;
    private static readonly GlassoLimits Limits = new(1e-5);

    // Counts of a few sizes, so that silent, constant and equal columns are frequent.
    private static readonly Gen<float> Count = Gen.Frequency(
        (4, Gen.Const(0)), (3, Gen.Int[1, 3]), (1, Gen.Int[1, 5000])).Select(count => (float)count);

    [Fact]
    public void It_gives_what_r_and_scikit_learn_give()
    {
        Assert.Equal(9, OracleCase.All.Count);
        foreach (var oracle in OracleCase.All)
        {
            var path = Path(oracle.Counts, oracle.Groups);
            Assert.True(path.Solve(oracle.Penalty).Converged);
            Agrees(oracle, path);
        }
    }

    [Fact]
    public void It_gives_the_same_along_a_path_as_alone()
    {
        foreach (var cases in OracleCase.All.GroupBy(oracle => oracle.Name))
        {
            var path = Path(cases.First().Counts, cases.First().Groups);
            foreach (var oracle in cases.OrderByDescending(oracle => oracle.Penalty))
            {
                path.Solve(oracle.Penalty);
                Agrees(oracle, path);
            }

            // Back up the path nothing is kept.
            path.Solve(cases.First().Penalty);
            Agrees(cases.First(), path);
        }
    }

    [Fact]
    public void Its_edges_are_those_of_the_oracles()
    {
        foreach (var oracle in OracleCase.All)
        {
            var path = Path(oracle.Counts, oracle.Groups);
            path.Solve(oracle.Penalty);
            var edges = path.Edges().ToDictionary(edge => (edge.First, edge.Second), edge => edge.Partial);
            var precision = Square(oracle.R.Precision, oracle.Groups);
            foreach (var (row, column) in Pairs(oracle.Groups).Where(pair => pair.Row < pair.Column))
            {
                var partial = -precision[row, column] / Math.Sqrt(precision[row, row] * precision[column, column]);
                if (Math.Abs(partial) > Close)
                    Assert.Equal(partial, edges[(row, column)], Close);
                else
                    Assert.True(Math.Abs(edges.GetValueOrDefault((row, column))) < 2 * Close);
            }
        }
    }

    [Fact]
    public void Every_solution_is_optimal() =>
        Gen.Select(Gen.Int[2, 20], Gen.Int[1, 40], Gen.Double[0.05, 2]).SelectMany(
            (samples, groups, penalty) => Count.Array[samples * groups].Select(counts => (counts, groups, penalty)))
            .Sample(
                input =>
                {
                    var path = Path(input.counts, input.groups);
                    foreach (var penalty in (double[])[input.penalty * 1.5, input.penalty])
                    {
                        Assert.True(path.Solve(penalty).Converged);
                        IsOptimal(Sample(input.counts, input.groups), path, penalty);
                    }
                },
                iter: 300);

    [Fact]
    public void Hosts_that_no_covariance_joins_stay_apart()
    {
        var sample = new[] { 2, 0.5, 0, 0.5, 2, 0.4, 0, 0.4, 2 };
        var path = new GlassoPath(sample, 3, Limits);
        Assert.Equal(0, path.Solve(0.5).Edges);
        var step = path.Solve(0.45);
        Assert.Equal((1, 1, 2, 2), (step.Edges, step.Parts, step.Largest, step.Linked));
        Assert.Equal([(0, 1)], path.Edges().Select(edge => (edge.First, edge.Second)));
        Assert.Equal((2, 1), (path.Solve(0.39).Edges, path.Solve(0.38).Parts));
    }

    [Fact]
    public void Two_hosts_are_solved_as_on_paper()
    {
        var path = new GlassoPath([2, 1, 1, 2], 2, Limits);
        path.Solve(0.5);
        Assert.Equal([2.5, 0.5, 0.5, 2.5], path.Covariance.ToArray());
        Assert.Equal(0.2, Assert.Single(path.Edges()).Partial, 1e-12);
        double[] inverse = [2.5 / 6, -0.5 / 6, -0.5 / 6, 2.5 / 6];
        Assert.Equal(inverse, path.Precision(), (left, right) => Math.Abs(left - right) < 1e-12);
    }

    [Fact]
    public void Work_that_does_not_suffice_is_said_and_nothing_is_broken()
    {
        var oracle = OracleCase.All.Single(oracle => oracle is { Penalty: 0.4, Samples: 12, Groups: 24 });
        foreach (var work in (long[])[0, 100, 1000])
        {
            var sample = Sample(oracle.Counts, oracle.Groups);
            var path = new GlassoPath(sample, oracle.Groups, new GlassoLimits(1e-5, work));
            Assert.False(path.Solve(0.4).Converged);
            Assert.All(path.Precision(), value => Assert.True(double.IsFinite(value)));
            Assert.All(path.Edges(), edge => Assert.InRange(Math.Abs(edge.Partial), 1e-300, 1));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void No_hosts_or_one_have_no_graph(int groups)
    {
        var path = Path([.. new float[12 * groups]], groups);
        Assert.Equal(new GlassoStep(0.4, 0, 0, 0, 0, 0, 0, true), path.Solve(0.4));
        Assert.Equal(groups, path.Precision().Length);
    }

    private static void Agrees(OracleCase oracle, GlassoPath path)
    {
        var (covariance, precision) = (path.Covariance.ToArray(), path.Precision());
        foreach (var answer in (OracleAnswer[])[oracle.R, oracle.Sklearn])
        {
            var (w, p) = (Square(answer.Covariance, oracle.Groups), Square(answer.Precision, oracle.Groups));
            foreach (var (row, column) in Pairs(oracle.Groups))
            {
                Assert.Equal(w[row, column], covariance[(row * oracle.Groups) + column], Close);
                Assert.Equal(p[row, column], precision[(row * oracle.Groups) + column], Close);
            }
        }
    }

    // The conditions of Karush, Kuhn and Tucker: W is the inverse of P, within the penalty of S, and at the penalty
    // where P is not 0. Their product is judged by the size of what is added up in it, which grows as the penalty
    // sinks: errors of Close in each factor make an error of Close times that.
    private static void IsOptimal(double[] sample, GlassoPath path, double penalty)
    {
        var (covariance, precision, count) = (path.Covariance.ToArray(), path.Precision(), path.Count);
        foreach (var (row, column) in Pairs(count))
        {
            var at = (row * count) + column;
            var terms = Enumerable.Range(0, count)
                .Select(k => covariance[(row * count) + k] * precision[(k * count) + column]).ToList();
            var error = Math.Max(1e-3, Close * terms.Sum(Math.Abs));
            Assert.Equal(row == column ? 1 : 0, terms.Sum(), error);
            Assert.Equal(covariance[at], covariance[(column * count) + row]);
            if (row == column)
                Assert.Equal(sample[at] + penalty, covariance[at], 1e-12);
            else if (precision[at] == 0)
                Assert.True(Math.Abs(covariance[at] - sample[at]) <= penalty + Close);
            else
                Assert.Equal(penalty * Math.Sign(precision[at]), covariance[at] - sample[at], Close);
        }
    }

    private static double[] Sample(float[] counts, int groups) =>
        LogCounts.Covariance(counts, groups, [.. Enumerable.Range(0, groups)]);

    private static GlassoPath Path(float[] counts, int groups) => new(Sample(counts, groups), groups, Limits);

    private static IEnumerable<(int Row, int Column)> Pairs(int count) =>
        from row in Enumerable.Range(0, count) from column in Enumerable.Range(0, count) select (row, column);

    private static double[,] Square(double[] upper, int count)
    {
        var matrix = new double[count, count];
        var at = 0;
        for (var row = 0; row < count; row++)
        {
            for (var column = row; column < count; column++)
                matrix[row, column] = matrix[column, row] = upper[at++];
        }

        return matrix;
    }
}
