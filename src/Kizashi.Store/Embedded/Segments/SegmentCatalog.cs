namespace Kizashi.Store.Embedded.Segments;

/// <summary>
/// The list of live segments in memory, as SQLite has it, and the files that wait for their last reader before they go.
/// </summary>
internal sealed class SegmentCatalog(SegmentFolder folder)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, int> _readers = [];
    private readonly List<(long Generation, string File)> _doomed = [];
    private Segment[] _segments = [];
    private long _generation;

    public IReadOnlyList<Segment> Segments => Volatile.Read(ref _segments);

    /// <summary>Replaces segments; the files of those removed are deleted once nobody reads them.</summary>
    public void Replace(IReadOnlyCollection<Segment> removed, IReadOnlyCollection<Segment> added)
    {
        lock (_gate)
        {
            var gone = removed.Select(segment => segment.Id).ToHashSet();
            Volatile.Write(ref _segments, [.. _segments.Where(segment => !gone.Contains(segment.Id)), .. added]);
            _doomed.AddRange(removed.Select(segment => (_generation, segment.File)));
            _generation++;
        }

        DeleteDoomed();
    }

    /// <summary>The segments of this moment; their files stay until the lease is disposed.</summary>
    public Lease Read()
    {
        lock (_gate)
        {
            _readers[_generation] = _readers.GetValueOrDefault(_generation) + 1;
            return new Lease(this, _generation, _segments);
        }
    }

    private void Release(long generation)
    {
        lock (_gate)
        {
            if (--_readers[generation] == 0)
                _readers.Remove(generation);
        }

        DeleteDoomed();
    }

    private void DeleteDoomed()
    {
        List<string> files = [];
        lock (_gate)
        {
            var oldest = _readers.Count == 0 ? long.MaxValue : _readers.Keys.Min();
            foreach (var (generation, file) in _doomed)
            {
                if (generation < oldest)
                    files.Add(file);
            }

            _doomed.RemoveAll(doomed => doomed.Generation < oldest);
        }

        foreach (var file in files)
            folder.Delete(file);
    }

    internal sealed class Lease(SegmentCatalog catalog, long generation, IReadOnlyList<Segment> segments) : IDisposable
    {
        private bool _released;

        public IReadOnlyList<Segment> Segments { get; } = segments;

        public void Dispose()
        {
            if (_released)
                return;

            _released = true;
            catalog.Release(generation);
        }
    }
}
