using System.Runtime.CompilerServices;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Cooperation.Sketches;

/// <summary>Counts per key in fixed memory: never too low, too high by little.</summary>
/// <remarks>
/// Cormode and Muthukrishnan, "An improved data stream summary: the count-min sketch", 2005, with all four counters of a key in one
/// cache line, so that an update waits for memory once: the hash chooses a line, and in it one of four counters for each row. The
/// expected excess in a row is that of the original, total / width; rows of one line are not independent, so what the
/// smallest of them exceeds is measured by tests instead of bounded by e^-4. Merging adds counters, so shards may count
/// apart. Lies on huge pages.
/// </remarks>
internal sealed unsafe class CountMinSketch
{
    public const int Rows = 4;

    private const int Columns = 4;
    private const int Line = Rows * Columns;

    private readonly NativeBlock _block;
    private readonly uint* _counters;
    private readonly uint _mask;

    /// <param name="widthBits">Counters in a row as a power of two, 4 to 28; 20, the default, takes 16 MiB.</param>
    public CountMinSketch(int widthBits = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthBits, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(widthBits, 28);
        Width = 1 << widthBits;
        _mask = (uint)(Width / Columns) - 1;
        Bytes = (long)Width * Rows * sizeof(uint);
        _block = new NativeBlock(Bytes, huge: Bytes >= NativeBlock.HugePage);
        _counters = (uint*)_block.Pointer;
    }

    /// <summary>Counters in a row.</summary>
    public int Width { get; }

    public long Bytes { get; }

    /// <summary>Sum of all counts added.</summary>
    public ulong Total { get; private set; }

    /// <summary>What an estimate is too high by at most, but for about 2 % of keys.</summary>
    public double Error => Math.E / Width * Total;

    /// <summary>Counts for a key; counters stop at 2^32 - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong key, uint count = 1)
    {
        var hash = SketchHash.Of(key);
        var line = LineOf(hash);
        Add(line + (hash & 3), count);
        Add(line + Columns + ((hash >> 2) & 3), count);
        Add(line + (2 * Columns) + ((hash >> 4) & 3), count);
        Add(line + (3 * Columns) + ((hash >> 6) & 3), count);
        Total += count;

        // The block frees its memory when nobody holds it any more: not before this line.
        GC.KeepAlive(_block);
    }

    /// <summary>At least what was counted for the key.</summary>
    public uint Estimate(ulong key)
    {
        var hash = SketchHash.Of(key);
        var line = LineOf(hash);
        var least = uint.MaxValue;
        for (var row = 0; row < Rows; row++)
            least = Math.Min(least, line[(row * Columns) + (int)((hash >> (2 * row)) & 3)]);

        GC.KeepAlive(_block);
        return least;
    }

    /// <summary>Adds all counts of another sketch of the same width.</summary>
    public void Merge(CountMinSketch other)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Width, Width);
        for (var at = 0L; at < (long)Width * Rows; at++)
            Add(_counters + at, other._counters[at]);

        Total += other.Total;
        GC.KeepAlive(other._block);
        GC.KeepAlive(_block);
    }

    public void Clear()
    {
        new Span<byte>(_counters, checked((int)Math.Min(Bytes, int.MaxValue))).Clear();
        for (var at = (long)int.MaxValue / sizeof(uint); at < (long)Width * Rows; at++)
            _counters[at] = 0;

        Total = 0;
        GC.KeepAlive(_block);
    }

    // The mask keeps the line within the block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint* LineOf(ulong hash) => _counters + ((nint)((uint)(hash >> 32) & _mask) * Line);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(uint* counter, uint count)
    {
        var sum = *counter + count;
        *counter = sum < count ? uint.MaxValue : sum;
    }
}
