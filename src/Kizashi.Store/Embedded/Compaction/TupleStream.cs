using Kizashi.Store.Embedded.Parquet;

namespace Kizashi.Store.Embedded.Compaction;

/// <summary>The rows of a file of IPv4 tuples one after the other, those of a period alone.</summary>
internal sealed class TupleStream : IDisposable
{
    private readonly TupleFileReader _file = new();
    private readonly (long From, long To) _period;
    private StoredTuple[] _rows = [];
    private int _group = -1;
    private int _page;
    private int _pages;
    private int _row;
    private int _count;

    public TupleStream(string path, (long From, long To) period)
    {
        _period = period;
        if (!_file.Open(path))
            throw new InvalidDataException("A segment is not of the form in which this store writes tuples.");
    }

    public ref readonly StoredTuple Current => ref _rows[_row];

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Next()
    {
        while (true)
        {
            while (++_row < _count)
            {
                if (_rows[_row].Slot >= _period.From && _rows[_row].Slot < _period.To)
                    return true;
            }

            if (!NextPage())
                return false;
        }
    }

    public void Dispose() => _file.Dispose();

    private bool NextPage()
    {
        while (_page >= _pages)
        {
            if (++_group >= _file.Map.Groups.Count)
                return false;

            var group = _file.Map.Groups[_group];
            var slots = group[TupleColumn.Slot];
            if (slots.Maximum < _period.From || slots.Minimum >= _period.To)
                continue;

            _pages = _file.Enter(group);
            _page = 0;
        }

        _count = TuplePage.Read(_file, _page++, ref _rows);
        _row = -1;
        return true;
    }
}
