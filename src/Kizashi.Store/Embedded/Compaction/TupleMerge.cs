namespace Kizashi.Store.Embedded.Compaction;

/// <summary>Merges sorted streams of rows; a heap of streams by their current row.</summary>
internal sealed class TupleMerge : IDisposable
{
    private readonly List<TupleStream> _all = [];
    private TupleStream[] _heap = [];
    private int _count;

    public void Add(TupleStream stream) => _all.Add(stream);

    public void Run(TupleOutput output, CancellationToken cancellation)
    {
        _heap = [.. _all.Where(stream => stream.Next())];
        _count = _heap.Length;
        for (var place = (_count / 2) - 1; place >= 0; place--)
            Sink(place);

        for (var rows = 0L; _count > 0; rows++)
        {
            if ((rows & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();

            output.Add(_heap[0].Current);
            if (!_heap[0].Next())
                _heap[0] = _heap[--_count];

            Sink(0);
        }
    }

    public void Dispose()
    {
        foreach (var stream in _all)
            stream.Dispose();
    }

    private void Sink(int place)
    {
        while (true)
        {
            var least = (2 * place) + 1;
            if (least >= _count)
                return;

            if (least + 1 < _count && StoredTuple.Compare(_heap[least + 1].Current, _heap[least].Current) < 0)
                least++;

            if (StoredTuple.Compare(_heap[place].Current, _heap[least].Current) <= 0)
                return;

            (_heap[place], _heap[least]) = (_heap[least], _heap[place]);
            place = least;
        }
    }
}
