using System.Runtime.CompilerServices;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Arriving packets of one kind for one shard, in the order of the frames.</summary>
internal sealed unsafe class Arrivals<TRow>
    where TRow : unmanaged
{
    private TRow[] _rows;

    public Arrivals(int capacity)
    {
        _rows = GC.AllocateUninitializedArray<TRow>(capacity, pinned: true);
        First = (TRow*)Unsafe.AsPointer(ref _rows[0]);
    }

    /// <summary>Pinned; valid until the next <see cref="EnsureCapacity"/> or <see cref="Add"/>.</summary>
    public TRow* First { get; private set; }

    public int Count { get; set; }

    /// <summary>Arrivals before the end of each segment.</summary>
    public List<int> Ends { get; } = [];

    public void Clear()
    {
        Count = 0;
        Ends.Clear();
    }

    /// <summary>Makes room for so many arrivals in all.</summary>
    public void EnsureCapacity(int capacity)
    {
        if (capacity <= _rows.Length)
            return;

        var larger = GC.AllocateUninitializedArray<TRow>(Math.Max(capacity, _rows.Length * 2), pinned: true);
        _rows.AsSpan(0, Count).CopyTo(larger);
        _rows = larger;
        First = (TRow*)Unsafe.AsPointer(ref _rows[0]);
    }

    public void Add(in TRow arrival)
    {
        EnsureCapacity(Count + 1);
        First[Count++] = arrival;
    }

    /// <summary>The arrivals of a segment.</summary>
    public (int From, int To) Range(int segment) => (segment == 0 ? 0 : Ends[segment - 1], Ends[segment]);
}
