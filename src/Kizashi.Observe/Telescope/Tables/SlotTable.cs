using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Kizashi.Observe.Telescope.Tables;

/// <summary>The rows of one slot of one shard: an append log, found through an index of 8-byte entries.</summary>
/// <remarks>
/// An entry is a tag of 32 bits, an epoch of 8 bits and a position of 24 bits. A new slot takes the next epoch, which empties
/// the index at no cost. Pointers stay inside the blocks: positions are below the limit, index slots are masked.
/// </remarks>
internal sealed unsafe class SlotTable<TRow> : IDisposable
    where TRow : unmanaged, ISlotRow<TRow>
{
    /// <summary>Most rows a position of 24 bits can name.</summary>
    public const int MostRows = (1 << 24) - 1;

    private const int SmallestIndex = 1 << 12;
    private const int LargeIndex = 1 << 20;

    private readonly NativeBlock _log;
    private readonly TRow* _rows;
    private readonly ulong _seed;
    private NativeBlock _index;
    private ulong* _entries;
    private int _mask;
    private int _growAt;
    private uint _epoch = 1;

    public SlotTable(int limit, ulong seed)
    {
        Limit = Math.Min(limit, MostRows);
        _seed = seed;
        _log = new NativeBlock((nuint)Limit * (nuint)sizeof(TRow));
        _rows = (TRow*)_log.Pointer;
        _index = new NativeBlock(SmallestIndex * sizeof(ulong));
        _entries = (ulong*)_index.Pointer;
        _mask = SmallestIndex - 1;
        _growAt = GrowAt(SmallestIndex);
    }

    /// <summary>Rows at which the slot is flushed early.</summary>
    public int Limit { get; }

    public int Count { get; private set; }

    public bool IsFull => Count >= Limit;

    public ReadOnlySpan<TRow> Rows => new(_rows, Count);

    public TRow* First => _rows;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Hash(in TRow arrival) => arrival.Hash(_seed);

    /// <summary>Asks for the index entry, some two dozen arrivals ahead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchEntry(ulong hash) => Prefetch(_entries + ((int)hash & _mask));

    /// <summary>Asks for the row the entry names, a dozen arrivals ahead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchRow(ulong hash) =>
        Prefetch(_rows + (int)(_entries[(int)hash & _mask] & MostRows));

    /// <summary>Adds an arrival, which begins a row or joins one; the table must not be full.</summary>
    /// <returns>Position of the row; the row then has the packets.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(ref TRow arrival, ulong hash)
    {
        var label = ((hash >> 32) << 8) | _epoch;
        var mask = _mask;
        var slot = (int)hash & mask;
        while (true)
        {
            var entry = _entries[slot];
            if (entry >> 24 == label)
            {
                var position = (int)entry & MostRows;
                ref var row = ref _rows[position];
                if (row.SameKey(arrival))
                {
                    row.Add(arrival);
                    return position;
                }
            }
            else if ((byte)(entry >> 24) != _epoch)
            {
                return Append(ref arrival, label, slot);
            }

            slot = (slot + 1) & mask;
        }
    }

    /// <summary>Makes the index wide enough for so many rows, to spare it the growing.</summary>
    public void Reserve(int rows)
    {
        var slots = _mask + 1;
        while (GrowAt(slots) <= rows)
            slots *= 2;

        if (slots > _mask + 1)
            Grow(slots);
    }

    /// <summary>Forgets the packets of all rows, not the rows.</summary>
    public void ClearCounts()
    {
        for (var position = 0; position < Count; position++)
            _rows[position].Clear();
    }

    /// <summary>Empties the table for the next slot.</summary>
    public void Reset()
    {
        Count = 0;
        if (++_epoch < 256)
            return;

        _epoch = 1;
        new Span<ulong>(_entries, _mask + 1).Clear();
    }

    public void Dispose()
    {
        _log.Dispose();
        _index.Dispose();
    }

    // A small index is kept half empty; a large one, whose memory counts, a quarter.
    private static int GrowAt(int slots) => slots > LargeIndex ? slots / 4 * 3 : slots / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Append(ref TRow arrival, ulong label, int slot)
    {
        var position = Count;
        ref var row = ref _rows[position];
        row = arrival;
        row.Begin();
        _entries[slot] = (label << 24) | (uint)position;
        Count = position + 1;
        if (position >= _growAt)
            Grow((_mask + 1) * (_mask < LargeIndex ? 4 : 2));

        return position;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int slots)
    {
        _index.Dispose();
        _index = new NativeBlock((nuint)slots * sizeof(ulong));
        _entries = (ulong*)_index.Pointer;
        _mask = slots - 1;
        _growAt = GrowAt(slots);
        _epoch = 1;
        for (var position = 0; position < Count; position++)
            Reinsert(position);
    }

    private void Reinsert(int position)
    {
        var hash = _rows[position].Hash(_seed);
        var slot = (int)hash & _mask;
        while (_entries[slot] != 0)
            slot = (slot + 1) & _mask;

        _entries[slot] = ((((hash >> 32) << 8) | _epoch) << 24) | (uint)position;
    }
}
