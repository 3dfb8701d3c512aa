namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Finds host groups that cooperate by non-negative Tucker decomposition of their packets by minute and port.</summary>
/// <remarks>
/// Han et al., "Dark-TRACER", IEEE Access 2022, and its published code: core 5 x 5 x 5, Otsu's threshold for each component, two
/// host groups or more. Where the source joins all ports with all groups, here each component of groups is joined with the
/// ports that the core ties to it, and the tensor must confirm each pair's packets. Pure: the same tensor gives the
/// same verdict.
/// </remarks>
internal sealed class DarkNtd
{
    private const int Width = TensorProducts.Width;

    private readonly DarkNtdOptions _options;

    public DarkNtd(DarkNtdOptions? options = null) => _options = options ?? new();

    /// <summary>Judges one window.</summary>
    public NtdVerdict Judge(SparseTensor tensor)
    {
        if (tensor.Cells == 0)
            return new NtdVerdict([], 0, 0, true);

        var values = Weigh(tensor);
        var model = NonNegativeTucker.Decompose(tensor, values, _options.Tucker);
        var tied = Enumerable.Range(0, model.Core).Select(q => (Components: (int[])[q], Block: Block(tensor, model, q)))
            .Where(found => IsFinding(found.Block)).ToList();

        // One campaign may fill several components, since its members are never quite in step: the same ports are one.
        List<NtdComponent> components = [];
        foreach (var alike in tied.GroupBy(found => string.Join(',', found.Block.Ports)))
        {
            int[] of = [.. alike.SelectMany(found => found.Components)];
            components.Add(Component(TensorBlock.Join([.. alike.Select(found => found.Block)]), values, model, of));
        }

        return new NtdVerdict(
            [.. components.OrderByDescending(component => component.Score).ThenBy(component => component.Groups[0])],
            model.Error, model.Iterations, model.Converged);
    }

    private float[] Weigh(SparseTensor tensor) => _options.Scale == TensorScale.Packets
        ? tensor.Packets
        : Array.ConvertAll(tensor.Packets, MathF.Sqrt);

    private bool IsFinding(TensorBlock block) => block.Groups.Length >= _options.LeastGroups && block.Ports.Length > 0;

    private TensorBlock Block(SparseTensor tensor, TuckerModel model, int q)
    {
        var isGroup = Upper(Column(model.Groups, q), _options.GroupUniverse);
        var isPort = Upper(Combine(model.Ports, Tied(model, q, 2)), _options.PortUniverse);
        return TensorBlock.Of(tensor, isGroup, isPort, _options.LeastGroups);
    }

    private static NtdComponent Component(TensorBlock block, float[] values, TuckerModel model, int[] components)
    {
        var weights = new double[model.Core];
        foreach (var q in components)
        {
            foreach (var (p, weight) in Tied(model, q, 0).Index())
                weights[p] += weight;
        }

        var profile = Combine(model.Time, weights);
        var sum = profile.Sum();
        var share = Array.ConvertAll(profile, value => (float)(sum > 0 ? value / sum : 0));
        return new NtdComponent(
            block.Groups, block.Ports, share, block.Packets, block.Packets / block.PacketsOfGroups,
            block.Explained(values, model));
    }

    // What the core gives each component of another mode for component q of the groups, over all of the third mode.
    private static double[] Tied(TuckerModel model, int q, int mode)
    {
        var size = model.Core;
        var tied = new double[size];
        for (var p = 0; p < size; p++)
        {
            for (var r = 0; r < size; r++)
                tied[mode == 0 ? p : r] += model.Weights[(((p * size) + q) * size) + r];
        }

        return tied;
    }

    private static double[] Combine(double[] factor, double[] weights)
    {
        var combined = new double[factor.Length / Width];
        for (var row = 0; row < combined.Length; row++)
        {
            for (var at = 0; at < weights.Length; at++)
                combined[row] += weights[at] * factor[(row * Width) + at];
        }

        return combined;
    }

    private static double[] Column(double[] factor, int column)
    {
        var values = new double[factor.Length / Width];
        for (var row = 0; row < values.Length; row++)
            values[row] = factor[(row * Width) + column];

        return values;
    }

    private static bool[] Upper(double[] values, long universe)
    {
        var threshold = Otsu.Threshold(values, Math.Max(0, universe - values.Length));
        return Array.ConvertAll(values, value => value >= threshold);
    }
}
