namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Some host groups and ports of a tensor that belong together, as its cells confirm.</summary>
internal sealed class TensorBlock
{
    private const int Width = TensorProducts.Width;

    private readonly SparseTensor _tensor;
    private readonly bool[] _isGroup;
    private readonly bool[] _isPort;

    private TensorBlock(SparseTensor tensor, bool[] isGroup, bool[] isPort) =>
        (_tensor, _isGroup, _isPort) = (tensor, isGroup, isPort);

    /// <summary>Indices, ascending.</summary>
    public int[] Groups => Indices(_isGroup);

    /// <summary>Indices, ascending.</summary>
    public int[] Ports => Indices(_isPort);

    /// <summary>Packets in the block.</summary>
    public double Packets { get; private set; }

    /// <summary>Packets of its groups to whatever port.</summary>
    public double PacketsOfGroups { get; private set; }

    /// <summary>Keeps the ports that at least so many of the groups sent to, and the groups that sent to one of these.</summary>
    public static TensorBlock Of(SparseTensor tensor, bool[] isGroup, bool[] isPort, int leastGroups)
    {
        var senders = new int[tensor.Ports];
        for (var fiber = 0; fiber < tensor.Fibers; fiber++)
            senders[tensor.Port[fiber]] += isGroup[tensor.Group[fiber]] ? 1 : 0;

        var ports = new bool[tensor.Ports];
        for (var port = 0; port < ports.Length; port++)
            ports[port] = isPort[port] && senders[port] >= leastGroups;

        var groups = new bool[tensor.Groups];
        for (var fiber = 0; fiber < tensor.Fibers; fiber++)
            groups[tensor.Group[fiber]] |= isGroup[tensor.Group[fiber]] && ports[tensor.Port[fiber]];

        return new TensorBlock(tensor, groups, ports).Counted();
    }

    /// <summary>All host groups of blocks that have the same ports.</summary>
    public static TensorBlock Join(IReadOnlyList<TensorBlock> blocks)
    {
        var groups = (bool[])blocks[0]._isGroup.Clone();
        foreach (var block in blocks)
        {
            for (var group = 0; group < groups.Length; group++)
                groups[group] |= block._isGroup[group];
        }

        return new TensorBlock(blocks[0]._tensor, groups, blocks[0]._isPort).Counted();
    }

    /// <summary>Part of the block's sum of squares that a model explains, 0..1; cells of nothing count too.</summary>
    public double Explained(ReadOnlySpan<float> values, TuckerModel model)
    {
        var (groups, ports) = (Masked(model.Groups, _isGroup), Masked(model.Ports, _isPort));
        var core = new TuckerCore(model.Core);
        model.Weights.CopyTo(core.Weights, 0);
        TensorProducts.Gram(model.Time, core.Grams[0]);
        TensorProducts.Gram(groups, core.Grams[1]);
        TensorProducts.Gram(ports, core.Grams[2]);
        var products = new double[_tensor.Ports * model.Core * Width];
        TensorProducts.ByPort(_tensor, values, (model.Time, groups), model.Core, products);
        core.Aim(products, ports);
        var squares = 0.0;
        for (var fiber = 0; fiber < _tensor.Fibers; fiber++)
        {
            for (var cell = _tensor.First[fiber]; cell < _tensor.First[fiber + 1] && Holds(fiber); cell++)
                squares += (double)values[cell] * values[cell];
        }

        return squares > 0 ? Math.Clamp(core.Explained() / squares, 0, 1) : 0;
    }

    private static int[] Indices(bool[] chosen) => [.. chosen.Index().Where(entry => entry.Item).Select(entry => entry.Index)];

    private static double[] Masked(double[] factor, bool[] chosen)
    {
        var masked = new double[factor.Length];
        for (var at = 0; at < factor.Length; at++)
            masked[at] = chosen[at / Width] ? factor[at] : 0;

        return masked;
    }

    private bool Holds(int fiber) => _isGroup[_tensor.Group[fiber]] && _isPort[_tensor.Port[fiber]];

    private TensorBlock Counted()
    {
        for (var fiber = 0; fiber < _tensor.Fibers; fiber++)
        {
            for (var cell = _tensor.First[fiber]; cell < _tensor.First[fiber + 1] && _isGroup[_tensor.Group[fiber]]; cell++)
            {
                PacketsOfGroups += _tensor.Packets[cell];
                Packets += _isPort[_tensor.Port[fiber]] ? _tensor.Packets[cell] : 0;
            }
        }

        return this;
    }
}
