using System.Numerics;
using System.Runtime.InteropServices;

namespace Kizashi.Store.Embedded.Parquet;

/// <summary>Encodes the values of one column into pages.</summary>
/// <remarks>
/// A dictionary of the distinct values and bit-packed indices wherever the values span at most 65,536, found by a table
/// and not by hashing; plain values elsewhere. That needs no compression codec: 19 bytes a row on darknet traffic where
/// LZ4 over Arrow's encodings takes 25, in a fifth of the time.
/// </remarks>
internal sealed class ColumnEncoder
{
    private const int Plain = 0;
    private const int RunLength = 3;
    private const int RunLengthDictionary = 8;

    /// <summary>Rows of a page: what one address did is read page by page. A page's head is 25 bytes.</summary>
    public const int PageRows = 1 << 14;

    private const int RunRows = 1024;
    private const int Span = 1 << 16;

    private readonly ByteBuffer _page = new();
    private readonly List<PageLocation> _pages = [];
    private readonly byte[] _present = new byte[Span];
    private readonly ushort[] _indices = new ushort[Span];
    private readonly ushort[] _distinct = new ushort[Span];
    private ushort[] _narrow = [];

    /// <summary>Appends the pages of a column; the chunk's offsets count from the given one.</summary>
    public ColumnChunk Encode(ReadOnlySpan<byte> values, ByteBuffer into, long offset)
    {
        var narrow = Narrow(values.Length);
        for (var row = 0; row < values.Length; row++)
            narrow[row] = values[row];

        return EncodeNarrow(narrow, 0, into, offset);
    }

    public ColumnChunk Encode(ReadOnlySpan<ushort> values, ByteBuffer into, long offset) =>
        EncodeNarrow(values, 0, into, offset);

    public ColumnChunk Encode(ReadOnlySpan<uint> values, ByteBuffer into, long offset)
    {
        var (minimum, maximum) = Bounds(values);
        if (maximum - minimum >= Span)
        {
            return Ascending(values) is { } distinct
                ? EncodeDictionary(_narrow.AsSpan(0, values.Length), distinct, (minimum, maximum), into, offset)
                : EncodePlain(values, minimum, maximum, into, offset);
        }

        var narrow = Narrow(values.Length);
        for (var row = 0; row < values.Length; row++)
            narrow[row] = (ushort)(values[row] - minimum);

        return EncodeNarrow(narrow, minimum, into, offset);
    }

    public ColumnChunk Encode(ReadOnlySpan<ulong> values, ByteBuffer into, long offset)
    {
        var distinct = new Dictionary<ulong, ushort>();
        var narrow = Narrow(values.Length);
        for (var row = 0; row < values.Length; row++)
        {
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(distinct, values[row], out var known);
            if (!known)
                index = (ushort)(distinct.Count - 1);

            narrow[row] = index;
            if (distinct.Count * 2 > values.Length + 2 || distinct.Count == Span)
            {
                var (minimum, maximum) = Bounds(values);
                return EncodePlain(values, minimum, maximum, into, offset);
            }
        }

        var sorted = distinct.Keys.ToArray();
        for (var index = 0; index < sorted.Length; index++)
            _indices[index] = (ushort)index;

        return EncodeDictionary(narrow, sorted, (sorted.Min(), sorted.Max()), into, offset);
    }

    // The distinct values of a sorted column and, in the narrow one, which of them each row has; null when it is not
    // sorted, which shows within a few rows, or a dictionary would not pay.
    private uint[]? Ascending(ReadOnlySpan<uint> values)
    {
        var narrow = Narrow(values.Length);
        var most = Math.Min(Span, values.Length / 2);
        var index = 0;
        for (var row = 1; row < values.Length; row++)
        {
            if (values[row] < values[row - 1])
                return null;

            if (values[row] != values[row - 1] && ++index >= most)
                return null;

            narrow[row] = (ushort)index;
        }

        narrow[0] = 0;
        var distinct = new uint[index + 1];
        for (var row = 0; row < values.Length; row++)
            distinct[narrow[row]] = values[row];

        for (var value = 0; value <= index; value++)
            _indices[value] = (ushort)value;

        return distinct;
    }

    private static (T Minimum, T Maximum) Bounds<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        var (low, high) = (new Vector<T>(T.MaxValue), new Vector<T>(T.MinValue));
        var row = 0;
        for (; row <= values.Length - Vector<T>.Count; row += Vector<T>.Count)
        {
            var some = new Vector<T>(values[row..]);
            (low, high) = (Vector.Min(low, some), Vector.Max(high, some));
        }

        var (minimum, maximum) = (T.MaxValue, T.MinValue);
        for (var lane = 0; lane < Vector<T>.Count; lane++)
            (minimum, maximum) = (T.Min(minimum, low[lane]), T.Max(maximum, high[lane]));

        for (; row < values.Length; row++)
            (minimum, maximum) = (T.Min(minimum, values[row]), T.Max(maximum, values[row]));

        return (minimum, maximum);
    }

    private Span<ushort> Narrow(int rows)
    {
        if (_narrow.Length < rows)
            _narrow = new ushort[Math.Max(rows, _narrow.Length * 2)];

        return _narrow.AsSpan(0, rows);
    }

    private ColumnChunk EncodeNarrow(ReadOnlySpan<ushort> values, uint origin, ByteBuffer into, long offset)
    {
        foreach (var value in values)
            _present[value] = 1;

        var count = 0;
        for (var value = 0; value < Span; value++)
        {
            if (_present[value] == 0)
                continue;

            _indices[value] = (ushort)count;
            _distinct[count++] = (ushort)value;
        }

        _present.AsSpan().Clear();
        var dictionary = new uint[count];
        for (var index = 0; index < count; index++)
            dictionary[index] = _distinct[index] + origin;

        return EncodeDictionary(values, dictionary, (dictionary[0], dictionary[^1]), into, offset);
    }

    private ColumnChunk EncodeDictionary<T>(
        ReadOnlySpan<ushort> values, T[] dictionary, (ulong Minimum, ulong Maximum) bounds, ByteBuffer into, long offset)
        where T : unmanaged
    {
        var start = into.Length;
        var body = MemoryMarshal.AsBytes(dictionary.AsSpan());
        DictionaryHeader(into, body.Length, dictionary.Length);
        into.Bytes(body);
        var data = into.Length;
        var width = BitPacking.Width(dictionary.Length);
        _pages.Clear();
        for (var row = 0; row < values.Length; row += PageRows)
        {
            var rows = values.Slice(row, Math.Min(PageRows, values.Length - row));
            _page.Clear();
            _page.Byte((byte)width);
            Runs(rows, width);
            var at = into.Length;
            DataHeader(into, _page.Length, rows.Length, RunLengthDictionary);
            into.Bytes(_page.Written);
            _pages.Add(new PageLocation(offset + at, into.Length - at, row));
        }

        return new ColumnChunk(
            offset + start, offset + data, into.Length - start, true, bounds.Minimum, bounds.Maximum, [.. _pages]);
    }

    private ColumnChunk EncodePlain<T>(
        ReadOnlySpan<T> values, T minimum, T maximum, ByteBuffer into, long offset)
        where T : unmanaged, INumber<T>
    {
        var start = into.Length;
        _pages.Clear();
        for (var row = 0; row < values.Length; row += PageRows)
        {
            var rows = values.Slice(row, Math.Min(PageRows, values.Length - row));
            var at = into.Length;
            DataHeader(into, MemoryMarshal.AsBytes(rows).Length, rows.Length, Plain);
            into.Values(rows);
            _pages.Add(new PageLocation(offset + at, into.Length - at, row));
        }

        return new ColumnChunk(
            0, offset + start, into.Length - start, false, ulong.CreateTruncating(minimum), ulong.CreateTruncating(maximum),
            [.. _pages]);
    }

    // Blocks of one value become runs, which join their neighbors; all others are packed.
    private void Runs(ReadOnlySpan<ushort> values, int width)
    {
        var packedFrom = 0;
        for (var row = 0; row < values.Length;)
        {
            var rows = Math.Min(RunRows, values.Length - row);
            if (values.Slice(row, rows).ContainsAnyExcept(values[row]))
            {
                row += rows;
                continue;
            }

            var end = values[row..].IndexOfAnyExcept(values[row]);
            end = end < 0 ? values.Length : row + end;
            Packed(values[packedFrom..row], width);
            _page.Varint((ulong)(end - row) << 1);
            for (var shift = 0; shift < width; shift += 8)
                _page.Byte((byte)(_indices[values[row]] >> shift));

            row = packedFrom = end;
        }

        Packed(values[packedFrom..], width);
    }

    private void Packed(ReadOnlySpan<ushort> values, int width)
    {
        if (values.IsEmpty)
            return;

        var groups = (values.Length + 7) / 8;
        _page.Varint(((ulong)groups << 1) | 1);
        var whole = values.Length & ~7;
        BitPacking.Pack(values[..whole], _indices, width, _page.Reserve((whole * width / 8) + sizeof(ulong)));
        _page.Advance(whole * width / 8);
        if (whole == values.Length)
            return;

        // The last group is filled up with values that exist; readers stop at the page's count.
        Span<ushort> rest = stackalloc ushort[8];
        rest.Fill(values[^1]);
        values[whole..].CopyTo(rest);
        BitPacking.Pack(rest, _indices, width, _page.Reserve(width + sizeof(ulong)));
        _page.Advance(width);
    }

    // parquet.thrift, struct PageHeader: 1 type, 2 and 3 sizes, 5 data page header, 7 dictionary page header.
    private static void DataHeader(ByteBuffer into, int bytes, int rows, int encoding)
    {
        var thrift = new ThriftWriter(into);
        thrift.BeginElement();
        thrift.Int32(1, 0);
        thrift.Int32(2, bytes);
        thrift.Int32(3, bytes);
        thrift.Begin(5);
        thrift.Int32(1, rows);
        thrift.Int32(2, encoding);
        thrift.Int32(3, RunLength);
        thrift.Int32(4, RunLength);
        thrift.End();
        thrift.End();
    }

    private static void DictionaryHeader(ByteBuffer into, int bytes, int count)
    {
        var thrift = new ThriftWriter(into);
        thrift.BeginElement();
        thrift.Int32(1, 2);
        thrift.Int32(2, bytes);
        thrift.Int32(3, bytes);
        thrift.Begin(7);
        thrift.Int32(1, count);
        thrift.Int32(2, Plain);
        thrift.End();
        thrift.End();
    }
}
