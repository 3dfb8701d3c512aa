namespace Kizashi.Store.Embedded.Rollups;

/// <summary>Packets by key, millions of additions a query: keys come in order, so a page of them at a time.</summary>
internal sealed class KeySums
{
    private const int PageBits = 8;
    private const int PageKeys = 1 << PageBits;

    // Keys are a protocol and a port, so 24 bits.
    private readonly ulong[]?[] _pages = new ulong[]?[1 << (24 - PageBits)];

    public ulong this[uint key] => _pages[key >> PageBits]?[key & (PageKeys - 1)] ?? 0;

    /// <summary>Adds all that is left of a rollup.</summary>
    public void Add(KeyedReader rows)
    {
        var number = uint.MaxValue;
        ulong[] page = [];
        while (rows.Next())
        {
            if (rows.Key >> PageBits != number)
            {
                number = rows.Key >> PageBits;
                page = _pages[number] ??= new ulong[PageKeys];
            }

            page[rows.Key & (PageKeys - 1)] += rows.Packets;
        }
    }

    /// <summary>
    /// The keys with the most packets or, with sums before, those that rose most, first the highest; of equal ones the
    /// lowest key first.
    /// </summary>
    /// <remarks>
    /// A rise is smoothed, so that three packets after none do not outrank a real one.
    /// </remarks>
    public List<(uint Key, ulong Packets)> Top(int most, KeySums? before)
    {
        var smoothing = before is null ? 0 : Math.Max(10.0, Total() / 10_000);
        var best = new List<(double Rank, uint Key, ulong Packets)>(most + 1);
        for (var number = 0; number < _pages.Length && most > 0; number++)
        {
            if (_pages[number] is not { } page)
                continue;

            var old = before?._pages[number];
            for (var place = 0; place < page.Length; place++)
            {
                var packets = page[place];
                if (packets == 0)
                    continue;

                var rank = before is null ? packets : (packets + smoothing) / ((old?[place] ?? 0) + smoothing);
                if (best.Count == most && rank <= best[^1].Rank)
                    continue;

                // Keys come in order, so an equal one before this stays before it.
                var index = best.Count;
                while (index > 0 && best[index - 1].Rank < rank)
                    index--;

                best.Insert(index, (rank, (uint)((number << PageBits) | place), packets));
                if (best.Count > most)
                    best.RemoveAt(most);
            }
        }

        return best.ConvertAll(entry => (entry.Key, entry.Packets));
    }

    private double Total() => _pages.Sum(page => page is null ? 0 : page.Sum(packets => (double)packets));
}
