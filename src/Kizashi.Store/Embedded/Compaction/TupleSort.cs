namespace Kizashi.Store.Embedded.Compaction;

/// <summary>Sorts rows in memory into the order of compacted segments.</summary>
/// <remarks>
/// By radix over source and slot, eight bits at a time and only those that differ; rows that agree in both, few in a
/// row, are then compared whole.
/// </remarks>
internal sealed class TupleSort(int capacity)
{
    /// <summary>Bytes of memory that each row takes.</summary>
    public const int BytesPerRow = 36 + (2 * (sizeof(ulong) + sizeof(int)));

    private readonly StoredTuple[] _rows = new StoredTuple[capacity];
    private ulong[] _keys = new ulong[capacity];
    private ulong[] _otherKeys = new ulong[capacity];
    private int[] _order = new int[capacity];
    private int[] _otherOrder = new int[capacity];

    public int Count { get; private set; }

    public bool IsFull => Count == _rows.Length;

    public void Add(in StoredTuple row) => _rows[Count++] = row;

    public void Clear() => Count = 0;

    /// <summary>The row that comes at a place once they are sorted.</summary>
    public ref readonly StoredTuple this[int place] => ref _rows[_order[place]];

    public void Sort()
    {
        var (all, any) = (ulong.MaxValue, 0UL);
        for (var row = 0; row < Count; row++)
        {
            var key = _rows[row].Order;
            _keys[row] = key;
            _order[row] = row;
            all &= key;
            any |= key;
        }

        for (var shift = 0; shift < 64; shift += 8)
        {
            if ((byte)((all ^ any) >> shift) != 0)
                Pass(shift);
        }

        for (var row = 0; row < Count;)
        {
            var end = row + 1;
            while (end < Count && _keys[end] == _keys[row])
                end++;

            if (end - row > 1)
                _order.AsSpan(row, end - row).Sort((left, right) => StoredTuple.Compare(_rows[left], _rows[right]));

            row = end;
        }
    }

    private void Pass(int shift)
    {
        Span<int> starts = stackalloc int[256];
        starts.Clear();
        foreach (var key in _keys.AsSpan(0, Count))
            starts[(byte)(key >> shift)]++;

        var sum = 0;
        foreach (ref var start in starts)
            (start, sum) = (sum, sum + start);

        for (var row = 0; row < Count; row++)
        {
            var place = starts[(byte)(_keys[row] >> shift)]++;
            _otherKeys[place] = _keys[row];
            _otherOrder[place] = _order[row];
        }

        (_keys, _otherKeys) = (_otherKeys, _keys);
        (_order, _otherOrder) = (_otherOrder, _order);
    }
}
