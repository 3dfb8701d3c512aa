using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>The start of a Tucker decomposition: absolute values of leading singular vectors of the unfolded tensor.</summary>
/// <remarks>
/// Time is short, so its vectors are exact. For the long modes a range is found from a random projection (Halko, Martinsson
/// and Tropp 2011) and improved by two rounds of higher-order orthogonal iteration (De Lathauwer et al. 2000). The
/// random signs of a port come from a hash of what its cells hold, not of its index: the numbering of groups and ports does
/// not matter, and equal tensors start alike.
/// </remarks>
internal static class TuckerStart
{
    private const int Rounds = 2;
    private const double Negligible = 1e-12;

    public static (double[] A, double[] B, double[] C) Of(SparseTensor tensor, ReadOnlySpan<float> values, int core)
    {
        var a = OfTime(tensor, values, core);
        var b = new double[tensor.Groups * TensorProducts.Width];
        var c = Signs(tensor, values, core);
        var (groups, ports, minutes) = (
            new double[tensor.Groups * core * TensorProducts.Width], new double[tensor.Ports * core * TensorProducts.Width],
            new double[tensor.Minutes * core * TensorProducts.Width]);
        for (var round = 0; round < Rounds; round++)
        {
            TensorProducts.ByGroup(tensor, values, (a, c), core, groups);
            Leading(groups, core, b);
            TensorProducts.ByPort(tensor, values, (a, b), core, ports);
            Leading(ports, core, c);
            TensorProducts.ByMinute(tensor, values, (b, c), core, minutes);
            Leading(minutes, core, a);
        }

        foreach (var factor in (double[][])[a, b, c])
        {
            foreach (ref var value in factor.AsSpan())
                value = Math.Abs(value);
        }

        return (a, b, c);
    }

    // Eigenvectors of the unfolding's minutes x minutes products, summed over fibers.
    private static double[] OfTime(SparseTensor tensor, ReadOnlySpan<float> values, int core)
    {
        var order = tensor.Minutes;
        var gram = new double[order * order];
        for (var fiber = 0; fiber < tensor.Fibers; fiber++)
        {
            var (first, end) = (tensor.First[fiber], tensor.First[fiber + 1]);
            for (var left = first; left < end; left++)
            {
                for (var right = first; right < end; right++)
                    gram[(tensor.Minute[left] * order) + tensor.Minute[right]] += (double)values[left] * values[right];
            }
        }

        var vectors = new double[order * order];
        SymmetricEigen.Decompose(gram, order, vectors, new double[order]);
        var a = new double[order * TensorProducts.Width];
        for (var minute = 0; minute < order; minute++)
        {
            for (var p = 0; p < Math.Min(core, order); p++)
                a[(minute * TensorProducts.Width) + p] = vectors[(p * order) + minute];
        }

        return a;
    }

    // Two rounds of refinement in the manner of Weisfeiler and Leman: a port is known by its cells and by the groups in
    // them, a group by its cells and their ports.
    private static double[] Signs(SparseTensor tensor, ReadOnlySpan<float> values, int core)
    {
        var (groups, ports) = (new ulong[tensor.Groups], new ulong[tensor.Ports]);
        for (var round = 0; round < 2; round++)
        {
            var (before, other) = ((ulong[])groups.Clone(), (ulong[])ports.Clone());
            for (var fiber = 0; fiber < tensor.Fibers; fiber++)
            {
                var (group, port) = (tensor.Group[fiber], tensor.Port[fiber]);
                for (var cell = tensor.First[fiber]; cell < tensor.First[fiber + 1]; cell++)
                {
                    var held = ((ulong)tensor.Minute[cell] << 32) | BitConverter.SingleToUInt32Bits(values[cell]);
                    groups[group] += Hashing.Mix(held, other[port]);
                    ports[port] += Hashing.Mix(held + 1, before[group]);
                }
            }
        }

        var signs = new double[tensor.Ports * TensorProducts.Width];
        for (var port = 0; port < tensor.Ports; port++)
        {
            var bits = Hashing.Mix(ports[port]);
            for (var r = 0; r < core; r++)
                signs[(port * TensorProducts.Width) + r] = ((bits >> (r * 7)) & 1) == 0 ? -1 : 1;
        }

        return signs;
    }

    // The left singular vectors Y V / sigma of a tall Y, by the eigenvectors V of its small Y'Y; zero where Y has none.
    private static void Leading(double[] y, int core, double[] factor)
    {
        var width = core * TensorProducts.Width;
        var gram = new double[width * width];
        for (var row = 0; row < y.Length; row += width)
        {
            for (var left = 0; left < width; left++)
            {
                var value = y[row + left];
                if (value == 0)
                    continue;

                for (var right = 0; right < width; right++)
                    gram[(left * width) + right] += value * y[row + right];
            }
        }

        var (vectors, squares) = (new double[width * width], new double[width]);
        SymmetricEigen.Decompose(gram, width, vectors, squares);
        for (var row = 0; row < factor.Length / TensorProducts.Width; row++)
        {
            for (var q = 0; q < core; q++)
            {
                var sum = 0.0;
                for (var at = 0; at < width && squares[q] > Negligible * squares[0]; at++)
                    sum += y[(row * width) + at] * vectors[(q * width) + at];

                factor[(row * TensorProducts.Width) + q] = sum == 0 ? 0 : sum / Math.Sqrt(squares[q]);
            }
        }
    }
}
