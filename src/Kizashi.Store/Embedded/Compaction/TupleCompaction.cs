using Kizashi.Core.Observations;
using Kizashi.Store.Embedded.Parquet;
using Kizashi.Store.Embedded.Segments;

namespace Kizashi.Store.Embedded.Compaction;

/// <summary>Sorts and merges segments of IPv4 tuples, the bulk of every store, within a bound of memory.</summary>
/// <remarks>
/// Rows of unsorted inputs are sorted as many at a time as memory holds; what takes more than one such run goes to temporary
/// files first. Runs and inputs that are sorted already are merged row by row.
/// </remarks>
internal sealed class TupleCompaction : IDisposable
{
    /// <summary>Rows of a row group of outputs, where memory allows: enough that dictionaries of ports take little beside the rows.</summary>
    private const int MostGroupRows = 1 << 20;

    private const int FewestGroupRows = 1 << 16;

    /// <summary>Part of the memory that a row group may have while it is collected.</summary>
    private const double GroupPart = 0.125;

    private const int BytesPerGroupRow = 36;

    /// <summary>Part of the memory that sorting may have; the rest is for reading and writing.</summary>
    private const double SortPart = 0.75;

    private const string RunPrefix = "sort-";

    private readonly string[] _inputs;
    private readonly bool[] _sorted;
    private readonly string _temporary;
    private readonly int _sortRows;
    private readonly int _groupRows;
    private readonly EncoderBuffers _buffers = new();
    private readonly FlowTuples<uint> _columns = new(0);
    private readonly List<string> _runs = [];
    private TupleSort? _sort;

    private TupleCompaction(string[] inputs, bool[] sorted, (int Sort, int Group) rows, string temporary) =>
        (_inputs, _sorted, _sortRows, _groupRows, _temporary) = (inputs, sorted, rows.Sort, rows.Group, temporary);

    /// <summary>Removes what a crash left behind.</summary>
    public static void RemoveLeftovers(string temporary)
    {
        if (!Directory.Exists(temporary))
            return;

        foreach (var file in Directory.EnumerateFiles(temporary, $"{RunPrefix}*").ToList())
            File.Delete(file);
    }

    /// <summary>Null when an input was not written by <see cref="ParquetTupleFile"/>.</summary>
    /// <param name="inputs">Paths.</param>
    /// <param name="memory">MiB.</param>
    /// <param name="temporary">Folder for what does not fit into memory.</param>
    public static TupleCompaction? Of(IEnumerable<string> inputs, int memory, string temporary)
    {
        string[] paths = [.. inputs];
        var sorted = new bool[paths.Length];
        var unsortedRows = 0L;
        using var file = new TupleFileReader();
        for (var index = 0; index < paths.Length; index++)
        {
            if (!file.Open(paths[index]))
                return null;

            sorted[index] = file.Map.IsSorted;
            unsortedRows += sorted[index] ? 0 : file.Map.Groups.Sum(group => (long)group.Rows);
        }

        var most = Math.Clamp(((long)memory << 20) * SortPart / TupleSort.BytesPerRow, 1 << 10, 1 << 26);
        var group = Math.Clamp(((long)memory << 20) * GroupPart / BytesPerGroupRow, FewestGroupRows, MostGroupRows);
        return new TupleCompaction(paths, sorted, ((int)Math.Min(unsortedRows, (long)most), (int)group), temporary);
    }

    /// <summary>The periods of this many seconds in which any input has rows, in order.</summary>
    public IEnumerable<long> Periods(long seconds, CancellationToken cancellation)
    {
        var periods = new SortedSet<long>();
        using var file = new TupleFileReader();
        foreach (var path in _inputs)
        {
            file.Open(path);
            foreach (var group in file.Map.Groups)
            {
                cancellation.ThrowIfCancellationRequested();
                var (first, last) = (group[TupleColumn.Slot].Minimum / seconds, group[TupleColumn.Slot].Maximum / seconds);
                periods.Add(first);
                periods.Add(last);
                var pages = last - first > 1 ? file.Enter(group) : 0;
                for (var page = 0; page < pages; page++)
                {
                    foreach (var slot in file.Read(TupleColumn.Slot, page))
                    {
                        if (slot / seconds != first)
                            periods.Add(first = slot / seconds);
                    }
                }
            }
        }

        return periods;
    }

    /// <summary>Writes the rows of a period, from inclusive to exclusive, as a sorted file.</summary>
    public SegmentExtent Write(string path, (long From, long To) period, CancellationToken cancellation)
    {
        try
        {
            for (var index = 0; index < _inputs.Length; index++)
            {
                if (!_sorted[index])
                    AddUnsorted(_inputs[index], period, cancellation);
            }

            using var output = new TupleOutput(path, _columns, _buffers, _groupRows);
            if (_runs.Count == 0 && !_sorted.Contains(true))
            {
                PutSorted(output);
            }
            else
            {
                Spill();
                using var merge = new TupleMerge();
                foreach (var run in _runs.Concat(_inputs.Where((_, index) => _sorted[index])))
                    merge.Add(new TupleStream(run, period));

                merge.Run(output, cancellation);
            }

            output.Close();
            return output.Extent;
        }
        finally
        {
            _sort?.Clear();
            RemoveRuns();
        }
    }

    public void Dispose() => RemoveRuns();

    private void AddUnsorted(string path, (long From, long To) period, CancellationToken cancellation)
    {
        _sort ??= new TupleSort(_sortRows);
        using var stream = new TupleStream(path, period);
        while (stream.Next())
        {
            if (_sort.IsFull)
            {
                cancellation.ThrowIfCancellationRequested();
                Spill();
            }

            _sort.Add(stream.Current);
        }
    }

    private void Spill()
    {
        if (_sort is null || _sort.Count == 0)
            return;

        Directory.CreateDirectory(_temporary);
        var path = Path.Combine(_temporary, $"{RunPrefix}{Guid.NewGuid():N}.parquet");
        _runs.Add(path);
        using var output = new TupleOutput(path, _columns, _buffers, _groupRows);
        PutSorted(output);
        output.Close();
    }

    private void PutSorted(TupleOutput output)
    {
        if (_sort is null)
            return;

        _sort.Sort();
        for (var row = 0; row < _sort.Count; row++)
            output.Add(_sort[row]);

        _sort.Clear();
    }

    private void RemoveRuns()
    {
        foreach (var run in _runs)
            File.Delete(run);

        _runs.Clear();
    }
}
