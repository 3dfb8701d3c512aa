using Microsoft.Win32.SafeHandles;

namespace Kizashi.Store.Embedded.Parquet;

/// <summary>Reads single pages of a file of IPv4 FlowTuples that <see cref="ParquetTupleFile"/> wrote.</summary>
/// <remarks>
/// Opening costs one read of the footer. What one address did in a sorted file is found in a dozen small reads, where a
/// general reader opens whole row groups. Buffers are used again from file to file.
/// </remarks>
internal sealed class TupleFileReader : IDisposable
{
    private readonly PageLocation[]?[] _pages = new PageLocation[]?[ParquetTupleFile.V4Names.Count];
    private readonly uint[]?[] _dictionaries = new uint[]?[ParquetTupleFile.V4Names.Count];
    private readonly uint[][] _values = [.. Enumerable.Range(0, ParquetTupleFile.V4Names.Count).Select(_ => Array.Empty<uint>())];
    private byte[] _bytes = [];
    private SafeFileHandle? _file;
    private TupleGroup? _group;

    /// <summary>The columns of the file that is open.</summary>
    public TupleFileMap Map { get; private set; } = TupleFileMap.Empty;

    /// <summary>Opens a file in place of the one before; false when it must be read by other means.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public bool Open(string path)
    {
        _file?.Dispose();
        _file = File.OpenHandle(path);
        Map = TupleFileMap.Read(_file) ?? TupleFileMap.Empty;
        _group = null;
        return Map != TupleFileMap.Empty;
    }

    /// <summary>Goes to a row group; returns its number of pages.</summary>
    public int Enter(TupleGroup group)
    {
        _group = group;
        Array.Clear(_pages);
        Array.Clear(_dictionaries);
        return Pages(TupleColumn.Source).Length;
    }

    /// <summary>The values of a column in a page of the row group, valid until the column is read again.</summary>
    public ReadOnlySpan<uint> Read(TupleColumn column, int page)
    {
        var pages = Pages(column);
        if (page >= pages.Length || _group is null)
            throw new InvalidDataException("The pages of a row group do not match.");

        var rows = (page + 1 < pages.Length ? pages[page + 1].FirstRow : _group.Rows) - pages[page].FirstRow;
        Load(pages[page].Offset, pages[page].Bytes);
        var (values, body) = PageDecoder.Head(_bytes.AsSpan(0, pages[page].Bytes));
        if (values != rows)
            throw new InvalidDataException("A page has another number of rows than its index says.");

        ref var buffer = ref _values[(int)column];
        if (buffer.Length < rows)
            buffer = new uint[Math.Max(rows, ColumnEncoder.PageRows)];

        var into = buffer.AsSpan(0, rows);
        if (_group[column].HasDictionary)
            PageDecoder.Indices(_bytes, body, pages[page].Bytes, Dictionary(column), into);
        else
            PageDecoder.Plain(_bytes.AsSpan(body, pages[page].Bytes - body), into);

        return into;
    }

    public void Dispose() => _file?.Dispose();

    private PageLocation[] Pages(TupleColumn column)
    {
        if (_pages[(int)column] is { } known)
            return known;

        var chunk = _group![column];
        Load(chunk.IndexOffset, chunk.IndexBytes);
        var pages = ReadIndex(_bytes.AsSpan(0, chunk.IndexBytes));
        for (var page = 0; page < pages.Length; page++)
        {
            // Pages of all columns hold the same rows; that is what makes them useful.
            if (pages[page].FirstRow != page * ColumnEncoder.PageRows || pages[page].FirstRow >= _group.Rows || pages[page].Bytes <= 0)
                throw new InvalidDataException("The index of a column's pages is damaged.");
        }

        _pages[(int)column] = pages;
        return pages;
    }

    // parquet.thrift, struct OffsetIndex: 1 page_locations, each 1 offset, 2 compressed_page_size, 3 first_row_index.
    private static PageLocation[] ReadIndex(ReadOnlySpan<byte> bytes)
    {
        var thrift = new ThriftReader(bytes);
        PageLocation[] pages = [];
        Span<long> values = stackalloc long[4];
        var field = 0;
        while (thrift.Field(ref field, out var type))
        {
            if (field != 1)
            {
                thrift.Skip(type);
                continue;
            }

            pages = new PageLocation[thrift.List(out _)];
            foreach (ref var page in pages.AsSpan())
            {
                var inner = 0;
                values.Clear();
                while (thrift.Field(ref inner, out var innerType))
                {
                    if (inner is >= 1 and <= 3)
                        values[inner] = thrift.Int();
                    else
                        thrift.Skip(innerType);
                }

                page = new PageLocation(values[1], (int)values[2], (int)values[3]);
            }
        }

        return pages;
    }

    private uint[] Dictionary(TupleColumn column)
    {
        if (_dictionaries[(int)column] is { } known)
            return known;

        var chunk = _group![column];
        var page = new byte[(int)(chunk.DataOffset - chunk.DictionaryOffset)];
        TupleFileMap.ReadExactly(_file!, page, chunk.DictionaryOffset);
        var (values, body) = PageDecoder.Head(page);
        var dictionary = new uint[Math.Min(values, page.Length / sizeof(uint))];
        PageDecoder.Plain(page.AsSpan(body), dictionary);
        _dictionaries[(int)column] = dictionary;
        return dictionary;
    }

    private void Load(long offset, int bytes)
    {
        if (bytes is < 0 or > 1 << 28)
            throw new InvalidDataException("A page of a Parquet file is damaged.");

        if (_bytes.Length < bytes + PageDecoder.Slack)
            _bytes = new byte[Math.Max(bytes + PageDecoder.Slack, 1 << 17)];

        TupleFileMap.ReadExactly(_file!, _bytes.AsSpan(0, bytes), offset);
    }
}
