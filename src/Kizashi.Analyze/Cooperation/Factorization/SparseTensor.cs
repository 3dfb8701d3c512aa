namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Packets by minute, host group and port; only cells that hold some exist.</summary>
/// <remarks>
/// Cells lie in fibers along time: all minutes of one group and port stand together, ascending, and fibers are in the
/// order of group, then port. 8 bytes a cell and 12 a fiber.
/// </remarks>
internal sealed class SparseTensor
{
    private SparseTensor(int minutes, int groups, int ports) => (Minutes, Groups, Ports) = (minutes, groups, ports);

    /// <summary>Extent in time.</summary>
    public int Minutes { get; }

    /// <summary>Extent in host groups; those without cells are as if they were not there.</summary>
    public int Groups { get; }

    /// <summary>Extent in ports.</summary>
    public int Ports { get; }

    /// <summary>Minute of each cell.</summary>
    public required int[] Minute { get; init; }

    /// <summary>Packets of each cell, positive.</summary>
    public required float[] Packets { get; init; }

    /// <summary>First cell of each fiber, and one number more: where the last ends.</summary>
    public required int[] First { get; init; }

    /// <summary>Group of each fiber.</summary>
    public required int[] Group { get; init; }

    /// <summary>Port of each fiber.</summary>
    public required int[] Port { get; init; }

    public int Cells => Minute.Length;

    public int Fibers => Group.Length;

    /// <summary>Builds a tensor from cells in any order; those of the same place are added up first.</summary>
    /// <param name="extent">Minutes, groups and ports.</param>
    /// <param name="cells">Packets that are negative or not a number count as 0.</param>
    /// <param name="least">Cells with fewer packets are left out. Default: 2, as Dark-TRACER's mkTensor.</param>
    /// <exception cref="ArgumentOutOfRangeException">A cell lies outside of the extent.</exception>
    public static SparseTensor Of(
        (int Minutes, int Groups, int Ports) extent, ReadOnlySpan<TensorCell> cells, float least = 2)
    {
        var sorted = Sort(extent, cells);
        var kept = 0;
        for (var at = 0; at < sorted.Length;)
        {
            var cell = sorted[at];
            var packets = 0f;
            for (; at < sorted.Length && IsSamePlace(sorted[at], cell); at++)
                packets += CountMatrix.Sound(sorted[at].Packets);

            if (packets >= least && packets > 0)
                sorted[kept++] = cell with { Packets = Math.Min(packets, CountMatrix.Most) };
        }

        return Compress(extent, sorted.AsSpan(0, kept));
    }

    private static TensorCell[] Sort((int Minutes, int Groups, int Ports) extent, ReadOnlySpan<TensorCell> cells)
    {
        // One number per cell sorts several times as fast as comparing its parts. Equal places keep their order, so that
        // sums round alike each time.
        var keys = new UInt128[cells.Length];
        for (var at = 0; at < cells.Length; at++)
        {
            var cell = cells[at];
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)cell.Minute, (uint)extent.Minutes);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)cell.Group, (uint)extent.Groups);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)cell.Port, (uint)extent.Ports);
            keys[at] = new UInt128(((ulong)cell.Group << 32) | (uint)cell.Port, ((ulong)cell.Minute << 32) | (uint)at);
        }

        var sorted = cells.ToArray();
        Array.Sort(keys, sorted);
        return sorted;
    }

    private static bool IsSamePlace(TensorCell left, TensorCell right) =>
        left.Minute == right.Minute && IsSameFiber(left, right);

    private static bool IsSameFiber(TensorCell left, TensorCell right) =>
        left.Group == right.Group && left.Port == right.Port;

    private static SparseTensor Compress((int Minutes, int Groups, int Ports) extent, ReadOnlySpan<TensorCell> cells)
    {
        var fibers = 0;
        for (var at = 0; at < cells.Length; at++)
            fibers += at == 0 || !IsSameFiber(cells[at], cells[at - 1]) ? 1 : 0;

        var tensor = new SparseTensor(extent.Minutes, extent.Groups, extent.Ports)
        {
            Minute = new int[cells.Length],
            Packets = new float[cells.Length],
            First = new int[fibers + 1],
            Group = new int[fibers],
            Port = new int[fibers],
        };
        var fiber = -1;
        for (var at = 0; at < cells.Length; at++)
        {
            if (at == 0 || !IsSameFiber(cells[at], cells[at - 1]))
            {
                fiber++;
                (tensor.First[fiber], tensor.Group[fiber], tensor.Port[fiber]) = (at, cells[at].Group, cells[at].Port);
            }

            (tensor.Minute[at], tensor.Packets[at]) = (cells[at].Minute, cells[at].Packets);
        }

        tensor.First[fibers] = cells.Length;
        return tensor;
    }
}
