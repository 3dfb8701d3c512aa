namespace Kizashi.Simulation.Truth;

/// <summary>The best few of very many sources, however many will be asked for in the end.</summary>
internal sealed class TopList(Comparison<RankedSource> worseFirst, Func<RankedSource, long> rank)
{
    /// <summary>Enough for the top 0.01 % of 160 million sources a day.</summary>
    private const int Most = 16_384;

    private readonly PriorityQueue<RankedSource, RankedSource> _kept = new(Comparer<RankedSource>.Create(worseFirst));
    private RankedSource _worst;
    private long _least;

    /// <param name="source">A candidate.</param>
    /// <param name="key">Its rank as a number, up to ties; nearly all candidates are refused by it alone.</param>
    public void Offer(in RankedSource source, long key)
    {
        if (key < _least)
            return;

        if (_kept.Count < Most)
            _kept.Enqueue(source, source);
        else if (worseFirst(source, _worst) > 0)
            _kept.EnqueueDequeue(source, source);
        else
            return;

        _worst = _kept.Peek();
        _least = _kept.Count < Most ? 0 : rank(_worst);
    }

    /// <summary>The best of the list that have more than the first one outside of them.</summary>
    /// <param name="most">At most so many; below the list's own bound.</param>
    /// <param name="count">What they are compared by.</param>
    public IEnumerable<RankedSource> Best(int most, Func<RankedSource, long> count)
    {
        var ordered = _kept.UnorderedItems.Select(item => item.Element)
            .OrderDescending(Comparer<RankedSource>.Create(worseFirst)).Take(most + 1).ToArray();
        var outside = ordered.Length > most ? count(ordered[most]) : 0;
        return ordered.Where(source => count(source) > outside);
    }
}
