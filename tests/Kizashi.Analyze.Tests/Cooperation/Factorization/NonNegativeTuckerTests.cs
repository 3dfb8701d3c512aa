using CsCheck;
using Kizashi.Analyze.Cooperation.Factorization;

namespace Kizashi.Analyze.Tests.Cooperation.Factorization;

public sealed class NonNegativeTuckerTests
{
    private const int Inputs = 300;

    // Fixed, as one tensor in ten thousand still has two components so alike that rounding decides after three iterations.
    private const string Seed = "0000KDMt3p01";

    private const double Shake = 1e-9;
    private const double Stable = 1e-7;

    private static readonly Gen<(int Minutes, int Groups, int Ports, TensorCell[] Cells)> Tensors =
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 9], Gen.Int[1, 9]).SelectMany(size =>
            Gen.Select(Gen.Int[0, size.Item1 - 1], Gen.Int[0, size.Item2 - 1], Gen.Int[0, size.Item3 - 1], Gen.Int[2, 40])
                .Select((i, j, k, packets) => new TensorCell(i, j, k, packets)).Array[1, 40]
                .Select(cells => (size.Item1, size.Item2, size.Item3, cells)));

    [Fact]
    public void It_does_what_the_same_updates_over_the_dense_tensor_do()
    {
        var compared = 0;
        Gen.Select(Tensors, Gen.Int[1, 3], Gen.Int).Where((input, core, _) => Holds(input, core)).Sample(
            (input, core, seed) =>
            {
                var tensor = Of(input);
                var start = Anywhere(tensor, core, seed);
                var dense = new DenseTucker(Dense(tensor), Factors(start, core, 1));
                var shaken = new DenseTucker(Dense(tensor), Factors(start, core, 1 + Shake));
                for (var iterations = 1; iterations <= 3; iterations++)
                {
                    dense.Iterate();
                    shaken.Iterate();

                    // A component of which only rounding is left goes where rounding sends it: no two programs agree there.
                    if (Math.Abs(dense.Error - shaken.Error) > Stable)
                        return;

                    var sparse = NonNegativeTucker.Decompose(
                        tensor, tensor.Packets, Exactly(core, iterations), Anywhere(tensor, core, seed));
                    Assert.Equal(dense.Error, sparse.Error, 1e-6);
                    Interlocked.Increment(ref compared);
                }
            },
            seed: Seed,
            iter: Inputs);
        Assert.InRange(compared, 2 * Inputs, 3 * Inputs);
    }

    [Fact]
    public void The_error_never_rises()
    {
        Tensors.Sample(
            input =>
            {
                var tensor = Of(input);
                var before = 1.0;
                for (var iterations = 1; iterations <= 10; iterations++)
                {
                    var error = Run(tensor, 5, iterations).Error;
                    Assert.InRange(error, 0, before + 1e-9);
                    before = error;
                }
            },
            iter: 60);
    }

    [Fact]
    public void Factors_and_core_are_non_negative_numbers()
    {
        Tensors.Sample(
            input =>
            {
                var model = Run(Of(input), 5, 20);
                Assert.All(
                    model.Time.Concat(model.Groups).Concat(model.Ports).Concat(model.Weights),
                    value => Assert.True(value >= 0 && double.IsFinite(value)));
            },
            iter: 200);
    }

    [Fact]
    public void The_numbering_of_groups_and_ports_does_not_matter()
    {
        Gen.Select(Tensors, Gen.Int).Sample(
            (input, seed) =>
            {
                var (groups, ports) = (Order(input.Groups, seed), Order(input.Ports, seed + 1));
                var mixed = input.Cells.Select(cell => cell with { Group = groups[cell.Group], Port = ports[cell.Port] }).ToArray();

                var (straight, turned) = (Run(Of(input), 3, 1), Run(Of((input.Minutes, input.Groups, input.Ports, mixed)), 3, 1));

                // Rounding may turn vectors of equal singular values; without such the errors agree to the last digits.
                Assert.Equal(straight.Error, turned.Error, 0.05);
            },
            iter: 100);
    }

    [Fact]
    public void A_tensor_of_low_rank_is_explained_in_full()
    {
        List<TensorCell> cells = [];
        for (var place = 0; place < 10 * 20 * 15; place++)
        {
            var (i, j, k) = (place / 300, place / 15 % 20, place % 15);
            var packets = (i < 4 && j < 7 && k < 3 ? 5 : 0) + (i > 5 && j > 9 && k > 10 ? 9 : 0);
            if (packets > 0)
                cells.Add(new TensorCell(i, j, k, packets));
        }

        var model = NonNegativeTucker.Decompose(Of((10, 20, 15, [.. cells])), Of((10, 20, 15, [.. cells])).Packets, new());

        Assert.InRange(model.Error, 0, 1e-6);
        Assert.True(model.Converged);
        Assert.InRange(model.Iterations, 4, 60);
    }

    [Fact]
    public void Too_few_iterations_are_said()
    {
        var cells = Enumerable.Range(0, 200).Select(at => new TensorCell(at % 7, at % 11, at % 13, 2 + (at % 5))).ToArray();

        Assert.False(Run(Of((7, 11, 13, cells)), 5, 1).Converged);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void A_core_that_does_not_fit_is_refused(int core) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(Of((1, 1, 1, [new(0, 0, 0, 2)])), core, 1));

    private static TuckerModel Run(SparseTensor tensor, int core, int iterations) => NonNegativeTucker.Decompose(
        tensor, tensor.Packets, Exactly(core, iterations));

    private static TuckerOptions Exactly(int core, int iterations) =>
        new() { Core = core, Iterations = iterations, Tolerance = 0, LeastIterations = iterations };

    // Far from zero everywhere, as singular vectors are not: rounding then decides nothing.
    private static (double[] A, double[] B, double[] C) Anywhere(SparseTensor tensor, int core, int seed)
    {
        var random = new Random(seed);
        return (Factor(tensor.Minutes), Factor(tensor.Groups), Factor(tensor.Ports));

        double[] Factor(int rows)
        {
            var factor = new double[rows * TensorProducts.Width];
            for (var at = 0; at < factor.Length; at++)
                factor[at] = at % TensorProducts.Width < core ? 0.5 + random.NextDouble() : 0;

            return factor;
        }
    }

    private static SparseTensor Of((int Minutes, int Groups, int Ports, TensorCell[] Cells) input) =>
        SparseTensor.Of((input.Minutes, input.Groups, input.Ports), input.Cells);

    private static int[] Order(int count, int seed)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(order);
        return order;
    }

    private static double[,,] Dense(SparseTensor tensor)
    {
        var dense = new double[tensor.Minutes, tensor.Groups, tensor.Ports];
        for (var fiber = 0; fiber < tensor.Fibers; fiber++)
        {
            for (var cell = tensor.First[fiber]; cell < tensor.First[fiber + 1]; cell++)
                dense[tensor.Minute[cell], tensor.Group[fiber], tensor.Port[fiber]] = tensor.Packets[cell];
        }

        return dense;
    }

    // More components than a mode has places are copies of each other, of which one is rounding.
    private static bool Holds((int Minutes, int Groups, int Ports, TensorCell[] Cells) input, int core) =>
        Math.Min(input.Minutes, Math.Min(input.Groups, input.Ports)) >= core;

    // Every other row a little larger, so that the shake is no mere change of scale.
    private static double[][,] Factors((double[] A, double[] B, double[] C) start, int core, double by)
    {
        double[][,] factors = [Plain(start.A, core), Plain(start.B, core), Plain(start.C, core)];
        foreach (var factor in factors)
        {
            for (var row = 0; row < factor.GetLength(0); row++)
            {
                for (var q = 0; q < core; q++)
                    factor[row, q] *= (row + q) % 2 == 0 ? by : 1;
            }
        }

        return factors;
    }

    private static double[,] Plain(double[] factor, int core)
    {
        var plain = new double[factor.Length / TensorProducts.Width, core];
        for (var row = 0; row < plain.GetLength(0); row++)
        {
            for (var q = 0; q < core; q++)
                plain[row, q] = factor[(row * TensorProducts.Width) + q];
        }

        return plain;
    }
}
