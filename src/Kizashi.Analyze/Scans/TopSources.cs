namespace Kizashi.Analyze.Scans;

/// <summary>Keeps the first few sources of an order, and one more to see where the top ends.</summary>
/// <remarks>
/// A source belongs to the top only if it has more than the first one outside: who cannot be told apart from those outside has
/// done nothing that would set it apart from them.
/// </remarks>
internal sealed class TopSources(int most, bool byPorts)
{
    private readonly int _kept = most + 1;
    private readonly PriorityQueue<TopSource, TopSource> _worstFirst = new(Comparer<TopSource>.Create(
        (left, right) => Compare(left, right, byPorts)));

    public IEnumerable<TopSource> All
    {
        get
        {
            var outside = _worstFirst.Count < _kept ? 0 : Count(_worstFirst.Peek());
            return _worstFirst.UnorderedItems.Select(item => item.Element).Where(source => Count(source) > outside);
        }
    }

    /// <summary>False when a source with such counts cannot get in; spares building it.</summary>
    public bool MayEnter(long packets, long ports)
    {
        if (_worstFirst.Count < _kept)
            return true;

        var worst = _worstFirst.Peek();
        return byPorts ? ports >= worst.Ports : packets >= worst.Packets;
    }

    public void Add(TopSource source)
    {
        if (_worstFirst.Count < _kept)
            _worstFirst.Enqueue(source, source);
        else
            _worstFirst.EnqueueDequeue(source, source);
    }

    private long Count(TopSource source) => byPorts ? source.Ports : source.Packets;

    private static int Compare(TopSource left, TopSource right, bool byPorts)
    {
        var (first, second) = byPorts
            ? (left.Ports.CompareTo(right.Ports), left.Packets.CompareTo(right.Packets))
            : (left.Packets.CompareTo(right.Packets), left.Ports.CompareTo(right.Ports));
        if (first != 0)
            return first;

        return second != 0 ? second : right.Source.CompareTo(left.Source);
    }
}
