using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kizashi.Store.Embedded.Parquet;

/// <summary>Decodes the pages that <see cref="ColumnEncoder"/> writes.</summary>
internal static class PageDecoder
{
    /// <summary>Bytes that must be readable behind a page, since values are loaded eight bytes at a time.</summary>
    public const int Slack = sizeof(ulong);

    /// <summary>Splits a page into its head and its body.</summary>
    /// <returns>The number of values, and where the body begins.</returns>
    /// <exception cref="InvalidDataException">Not a page.</exception>
    // parquet.thrift, struct PageHeader: 5 data_page_header and 7 dictionary_page_header, both with 1 num_values.
    public static (int Values, int Body) Head(ReadOnlySpan<byte> page)
    {
        var thrift = new ThriftReader(page);
        var (values, field) = (-1L, 0);
        while (thrift.Field(ref field, out var type))
        {
            if (field is not (5 or 7))
            {
                thrift.Skip(type);
                continue;
            }

            var inner = 0;
            while (thrift.Field(ref inner, out var innerType))
            {
                if (inner == 1)
                    values = thrift.Int();
                else
                    thrift.Skip(innerType);
            }
        }

        return values is >= 0 and <= int.MaxValue ? ((int)values, thrift.Position) : throw Damaged();
    }

    /// <summary>Plain values.</summary>
    public static void Plain(ReadOnlySpan<byte> body, Span<uint> into)
    {
        var bytes = into.Length * sizeof(uint);
        if (body.Length < bytes)
            throw Damaged();

        MemoryMarshal.Cast<byte, uint>(body[..bytes]).CopyTo(into);
    }

    /// <summary>Indices into a dictionary, as runs and as packed bits.</summary>
    /// <param name="page">A buffer that holds the page and <see cref="Slack"/> bytes more.</param>
    /// <param name="from">Where the body begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="dictionary">Values.</param>
    /// <param name="into">As many values as the page has.</param>
    public static void Indices(byte[] page, int from, int to, ReadOnlySpan<uint> dictionary, Span<uint> into)
    {
        if (from >= to || to > page.Length - Slack || page[from] > 16)
            throw Damaged();

        int width = page[from++];
        while (into.Length > 0)
        {
            var head = Varint(page, ref from, to);
            if ((head & 1) == 0)
            {
                into = into[Run(page, ref from, to, (width, head >> 1), dictionary, into)..];
                continue;
            }

            var values = (long)(head >> 1) * 8;
            var bytes = values / 8 * width;
            if (values == 0 || bytes > to - from)
                throw Damaged();

            var taken = (int)Math.Min(values, into.Length);
            Packed(page, from, width, dictionary, into[..taken]);
            from += (int)bytes;
            into = into[taken..];
        }
    }

    private static int Run(
        byte[] page, ref int from, int to, (int Width, ulong Count) run, ReadOnlySpan<uint> dictionary, Span<uint> into)
    {
        var (width, count) = run;
        var bytes = (width + 7) / 8;
        if (count == 0 || count > (ulong)into.Length || bytes > to - from)
            throw Damaged();

        var index = 0;
        for (var number = 0; number < bytes; number++)
            index |= page[from++] << (8 * number);

        if (index >= dictionary.Length)
            throw Damaged();

        into[..(int)count].Fill(dictionary[index]);
        return (int)count;
    }

    private static void Packed(byte[] page, int from, int width, ReadOnlySpan<uint> dictionary, Span<uint> into)
    {
        var mask = (1UL << width) - 1;
        ref var bytes = ref page[from];
        nint bit = 0;
        for (var row = 0; row < into.Length; row++, bit += width)
        {
            // In bounds: the caller compared the bits with the page's end, behind which the slack lies.
            var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, bit >> 3));
            var index = (int)((word >> (int)(bit & 7)) & mask);
            if ((uint)index >= (uint)dictionary.Length)
                throw Damaged();

            into[row] = dictionary[index];
        }
    }

    private static ulong Varint(byte[] page, ref int from, int to)
    {
        var value = 0UL;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (from >= to)
                break;

            var part = page[from++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
                return value;
        }

        throw Damaged();
    }

    private static InvalidDataException Damaged() => new("A page of a Parquet file is damaged.");
}
