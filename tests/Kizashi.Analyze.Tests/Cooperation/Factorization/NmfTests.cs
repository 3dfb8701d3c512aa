using CsCheck;
using Kizashi.Analyze.Cooperation.Factorization;

namespace Kizashi.Analyze.Tests.Cooperation.Factorization;

public sealed class NmfTests
{
    private static readonly NmfOptions Long = new() { Iterations = 20_000, Tolerance = 1e-9 };

    private static readonly Gen<(int Rows, int Columns, float[] Values)> Matrices =
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 90]).SelectMany(size =>
            Gen.Int[0, 60].Select(Gen.Bool, (count, zero) => zero ? 0f : count).Array[size.Item1 * size.Item2]
                .Select(values => (size.Item1, size.Item2, values)));

    // Reconstruction errors of scikit-learn 1.2.1 NMF(init='custom', solver='cd', tol=1e-10) from the same start.
    [Theory]
    [InlineData(1, 11.2668173)]
    [InlineData(2, 7.7452631)]
    [InlineData(3, 4.8669345)]
    [InlineData(5, 3.2600094)]
    [InlineData(8, 1.4235323)]
    public void The_error_is_that_of_scikit_learn(int rank, double expected)
    {
        var model = Nmf.Factor(Small(), rank, Long);

        Assert.True(model.Converged);
        Assert.InRange(model.MeanSquaredError, 0, expected * (1 + 1e-4));
        Assert.Equal(model.MeanSquaredError, Measured(Small(), model), 1e-4);
    }

    [Fact]
    public void It_fits_no_worse_than_multiplicative_updates_under_the_same_stop_rule()
    {
        var window = new PlantedWindow(5, 70).Plant([3, 50, 51, 60], [2, 9, 16, 23], 8).Plant([7, 8, 9], [4, 5, 6], 12);
        var v = CountMatrix.Of(window.Counts, 70, Columns(70));
        for (var rank = 1; rank <= 10; rank++)
        {
            var start = new NmfStart(v);
            var theirs = MultiplicativeNmf.Error(
                Dense(v.Values, v.Rows, v.Columns, v.Stride), Dense(start.W(rank), v.Rows, rank, rank),
                Dense(start.H(rank).Values, rank, v.Columns, v.Stride));
            Assert.InRange(Nmf.Factor(v, rank, new()).MeanSquaredError, 0, theirs + 1e-4);
        }
    }

    [Fact]
    public void The_error_never_rises()
    {
        Gen.Select(Matrices, Gen.Int[0, 9]).Sample(
            (matrix, ranks) =>
            {
                var rank = 1 + (ranks % matrix.Rows);
                var v = CountMatrix.Of(matrix.Values, matrix.Columns, Columns(matrix.Columns));
                var before = double.PositiveInfinity;
                for (var iterations = 1; iterations <= 12; iterations++)
                {
                    var error = Nmf.Factor(v, rank, new() { Iterations = iterations, Tolerance = 0 }).MeanSquaredError;
                    Assert.InRange(error, 0, before + 1e-3);
                    before = error;
                }
            },
            iter: 60);
    }

    [Fact]
    public void Factors_are_non_negative_numbers_and_give_the_stated_error()
    {
        Gen.Select(Matrices, Gen.Int[0, 9]).Sample(
            (matrix, ranks) =>
            {
                var rank = 1 + (ranks % matrix.Rows);
                var v = CountMatrix.Of(matrix.Values, matrix.Columns, Columns(matrix.Columns));
                var model = Nmf.Factor(v, rank, new());

                Assert.All(model.W, value => Assert.True(value >= 0 && float.IsFinite(value)));
                Assert.All(model.H.Values, value => Assert.True(value >= 0 && float.IsFinite(value)));
                Assert.Equal(Measured(v, model), model.MeanSquaredError, 2e-3);
            },
            iter: 200);
    }

    [Fact]
    public void A_product_of_two_factors_is_found_again()
    {
        var random = new Random(11);
        var v = new CountMatrix(30, 400);
        var (w, h) = (new float[30 * 3], new float[3 * 400]);
        foreach (ref var value in w.AsSpan())
            value = random.NextSingle() < 0.5 ? 0 : random.NextSingle() * 10;

        foreach (ref var value in h.AsSpan())
            value = random.NextSingle() < 0.7 ? 0 : random.NextSingle() * 3;

        for (var at = 0; at < 30 * 400; at++)
        {
            for (var k = 0; k < 3; k++)
                v.Values[(at / 400 * v.Stride) + (at % 400)] += w[(at / 400 * 3) + k] * h[(k * 400) + (at % 400)];
        }

        Assert.InRange(Nmf.Factor(v, 3, Long).MeanSquaredError, 0, 1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public void A_rank_that_has_no_start_is_refused(int rank) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Nmf.Factor(Small(), rank, new()));

    [Fact]
    public void Too_few_iterations_are_said()
    {
        var model = Nmf.Factor(Small(), 5, new() { Iterations = 2, Tolerance = 1e-12 });

        Assert.False(model.Converged);
        Assert.Equal(2, model.Iterations);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-30f)]
    [InlineData(1)]
    [InlineData(1e30f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-5)]
    public void A_matrix_of_one_value_gives_numbers(float value)
    {
        var values = Enumerable.Repeat(value, 30 * 7).ToArray();

        for (var rank = 1; rank <= 6; rank++)
        {
            var model = Nmf.Factor(CountMatrix.Of(values, 7, Columns(7)), rank, new());
            Assert.True(double.IsFinite(model.MeanSquaredError));
            Assert.All(model.W.Concat(model.H.Values), entry => Assert.True(entry >= 0 && float.IsFinite(entry)));
        }
    }

    private static CountMatrix Small()
    {
        var values = new float[12 * 20];
        for (var at = 0; at < values.Length; at++)
        {
            var (i, j) = (at / 20, at % 20);
            values[at] = (i + j) % 3 == 0 ? 0 : ((i * 7) + (j * 13) + (i * j * 5)) % 11;
        }

        return CountMatrix.Of(values, 20, Columns(20));
    }

    private static int[] Columns(int count) => [.. Enumerable.Range(0, count)];

    private static double Measured(CountMatrix v, NmfModel model) => MultiplicativeNmf.MeanSquare(
        Dense(v.Values, v.Rows, v.Columns, v.Stride),
        MultiplicativeNmf.Product(
            Dense(model.W, v.Rows, model.Rank, model.Rank), Dense(model.H.Values, model.Rank, v.Columns, v.Stride)));

    private static double[,] Dense(float[] values, int rows, int columns, int stride)
    {
        var dense = new double[rows, columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                dense[row, column] = values[(row * stride) + column];
        }

        return dense;
    }
}
