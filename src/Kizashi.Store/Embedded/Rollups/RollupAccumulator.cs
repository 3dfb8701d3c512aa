using System.Runtime.InteropServices;
using Kizashi.Core.Observations;
using Kizashi.Store.Embedded.Segments;

namespace Kizashi.Store.Embedded.Rollups;

/// <summary>Sums one writer's rows by the minute until they are committed.</summary>
internal sealed class RollupAccumulator(SourceHash hash, CountryLookup countries)
{
    /// <summary>Minutes held open at once; a capture whose clock jumps about costs time, not memory.</summary>
    private const int MostCells = 8192;

    /// <summary>Rows that are added together: their scratch fits into the first cache beside what they touch.</summary>
    private const int BlockRows = 256;

    private static readonly UInt128 Mapped = (UInt128)0xFFFF << 32;

    private readonly ulong[] _hashes = new ulong[BlockRows];
    private readonly uint[] _keys = new uint[BlockRows];
    private readonly uint[] _countries = new uint[BlockRows];
    private readonly int[] _scratch = new int[BlockRows];
    private readonly Dictionary<uint, MinuteCell> _cells = [];
    private readonly List<RollupPart> _parts = [];
    private CountryLookup.Blocks? _blocks = countries.Current();

    /// <summary>Everything added since the last <see cref="Clear"/>, ready to be stored.</summary>
    public IReadOnlyList<RollupPart> Parts()
    {
        foreach (var (minute, cell) in _cells)
            cell.Write(minute, _parts);

        _cells.Clear();
        return _parts;
    }

    public void Clear()
    {
        _cells.Clear();
        _parts.Clear();
        _blocks = countries.Current();
    }

    public void Add(FlowTuples<uint> rows, ref SegmentExtent extent)
    {
        for (var row = 0; row < rows.Count;)
        {
            var block = Block(rows.Slot.AsSpan(row, Math.Min(BlockRows, rows.Count - row)), out var slots);
            var sources = rows.Source.AsSpan(row, block);
            var (minimum, maximum) = (uint.MaxValue, 0u);
            for (var index = 0; index < block; index++)
            {
                var source = sources[index];
                (minimum, maximum) = (Math.Min(minimum, source), Math.Max(maximum, source));
                _hashes[index] = hash.Of(source);
            }

            Keys(rows, row, block, 1);
            _blocks?.Of(sources, _countries);
            extent.Add(slots.Minimum, slots.Maximum, Mapped | minimum, Mapped | maximum);
            extent.Packets += Add(Cell(slots.Minimum / 60), rows.Packets.AsSpan(row, block));
            row += block;
        }

        extent.Rows += rows.Count;
    }

    public void Add(FlowTuples<UInt128> rows, ref SegmentExtent extent)
    {
        for (var row = 0; row < rows.Count;)
        {
            var block = Block(rows.Slot.AsSpan(row, Math.Min(BlockRows, rows.Count - row)), out var slots);
            var (minimum, maximum) = (UInt128.MaxValue, UInt128.MinValue);
            for (var index = 0; index < block; index++)
            {
                var source = rows.Source[row + index];
                (minimum, maximum) = (UInt128.Min(minimum, source), UInt128.Max(maximum, source));
                _hashes[index] = hash.Of(source);
                if (_blocks is not null)
                    _countries[index] = _blocks.Of(source);
            }

            Keys(rows, row, block, 58);
            extent.Add(slots.Minimum, slots.Maximum, minimum, maximum);
            extent.Packets += Add(Cell(slots.Minimum / 60), rows.Packets.AsSpan(row, block));
            row += block;
        }

        extent.Rows += rows.Count;
    }

    // As many rows from the first on as lie in one minute.
    private static int Block(ReadOnlySpan<uint> slots, out (uint Minimum, uint Maximum) bounds)
    {
        var start = slots[0] / 60 * 60;
        bounds = (slots[0], slots[0]);
        for (var index = 0; index < slots.Length; index++)
        {
            var slot = slots[index];
            if (slot - start >= 60)
                return index;

            bounds = (Math.Min(bounds.Minimum, slot), Math.Max(bounds.Maximum, slot));
        }

        return slots.Length;
    }

    // ICMP has no ports: its type stands where other protocols have the source port, and stands for a port here.
    private void Keys<TAddress>(FlowTuples<TAddress> rows, int row, int block, byte icmp)
        where TAddress : unmanaged
    {
        var protocols = rows.Protocol.AsSpan(row, block);
        var types = rows.SourcePort.AsSpan(row, block);
        var ports = rows.DestinationPort.AsSpan(row, block);
        for (var index = 0; index < block; index++)
        {
            var protocol = protocols[index];
            _keys[index] = ((uint)protocol << 16) | (protocol == icmp ? types[index] : ports[index]);
        }
    }

    private long Add(MinuteCell cell, ReadOnlySpan<uint> packets)
    {
        var sum = 0L;
        var sources = cell.Sources;
        for (var row = 0; row < packets.Length; row++)
        {
            sum += packets[row];
            var value = _hashes[row];
            ref var register = ref sources[(int)value & (RegisterSketch.SourceRegisters - 1)];
            register = Math.Max(register, RegisterSketch.Rank(value, RegisterSketch.SourceBits));
        }

        cell.Packets += sum;
        cell.Tuples += packets.Length;
        var hashes = _hashes.AsSpan(0, packets.Length);
        cell.Ports.Add(_keys.AsSpan(0, packets.Length), packets, hashes, _scratch);
        if (_blocks is not null)
            cell.Countries.Add(_countries.AsSpan(0, packets.Length), packets, hashes, _scratch);

        return sum;
    }

    private MinuteCell Cell(uint minute)
    {
        if (_cells.Count >= MostCells && !_cells.ContainsKey(minute))
            Parts();

        ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(_cells, minute, out _);
        return cell ??= new MinuteCell();
    }
}
