using System.Numerics;

namespace Kizashi.Enrich.Ranges;

/// <summary>Collects prefixes with numbers and flattens them into disjoint ranges; the longer prefix wins, of equal ones the first.</summary>
internal sealed class RangeTableBuilder<TAddress>
    where TAddress : unmanaged, IBinaryInteger<TAddress>, IUnsignedNumber<TAddress>, IMinMaxValue<TAddress>
{
    private static readonly int Bits = typeof(TAddress) == typeof(uint) ? 32 : 128;

    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    /// <param name="network">Host bits are ignored.</param>
    /// <param name="length">0 to the family's bits.</param>
    /// <param name="value">Not 0.</param>
    public void Add(TAddress network, int length, ulong value)
    {
        var host = length == 0 ? TAddress.MaxValue : (TAddress.One << (Bits - length)) - TAddress.One;
        _entries.Add(new Entry(network & ~host, network | host, _entries.Count, value));
    }

    public RangeTable<TAddress> Build()
    {
        _entries.Sort();
        var starts = new List<TAddress>(_entries.Count * 2);
        var values = new List<ulong>(_entries.Count * 2);
        var open = new Stack<Entry>();
        Entry? before = null;
        foreach (var entry in _entries)
        {
            if (before is { } same && same.First == entry.First && same.Last == entry.Last)
                continue;

            Close(entry.First);
            Begin(entry.First, entry.Value);
            open.Push(entry);
            before = entry;
        }

        while (open.Count > 0)
            CloseTop();

        return new RangeTable<TAddress>([.. starts], [.. values]);

        void Close(TAddress first)
        {
            while (open.Count > 0 && open.Peek().Last < first)
                CloseTop();
        }

        void CloseTop()
        {
            var top = open.Pop();
            if (top.Last != TAddress.MaxValue)
                Begin(top.Last + TAddress.One, open.Count > 0 ? open.Peek().Value : 0);
        }

        void Begin(TAddress start, ulong value)
        {
            if (starts.Count > 0 && starts[^1] == start)
            {
                values[^1] = value;
                return;
            }

            starts.Add(start);
            values.Add(value);
        }
    }

    private readonly record struct Entry(TAddress First, TAddress Last, int Order, ulong Value) : IComparable<Entry>
    {
        public int CompareTo(Entry other)
        {
            var byFirst = First.CompareTo(other.First);
            if (byFirst != 0)
                return byFirst;

            var byLast = other.Last.CompareTo(Last);
            return byLast != 0 ? byLast : Order.CompareTo(other.Order);
        }
    }
}
