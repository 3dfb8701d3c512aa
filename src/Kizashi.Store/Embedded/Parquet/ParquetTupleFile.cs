using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Kizashi.Core.Observations;

namespace Kizashi.Store.Embedded.Parquet;

/// <summary>A Parquet file of FlowTuples being written; any reader of Parquet reads it.</summary>
/// <remarks>
/// github.com/apache/parquet-format, README.md and src/main/thrift/parquet.thrift. Nothing is allocated by the row.
/// </remarks>
internal sealed class ParquetTupleFile : IDisposable
{
    /// <summary>What files say wrote them.</summary>
    public const string CreatedBy = "Kizashi";

    private static readonly ParquetColumn[] Rest =
    [
        new("source_port", 16), new("destination_port", 16), new("protocol", 8), new("ttl", 8), new("tcp_flags", 8),
        new("length", 16), new("syn_length", 16), new("syn_window", 16), new("marks", 16), new("packets", 32),
        new("first_ms", 16), new("last_ms", 16),
    ];

    private static readonly ParquetColumn[] V4 =
        [new("slot", 32), new("source", 32), new("destination", 32), .. Rest];

    /// <summary>Names of the columns of a file of IPv4, in the order of <see cref="TupleColumn"/>.</summary>
    public static IReadOnlyList<string> V4Names { get; } = [.. V4.Select(column => column.Name)];

    private static readonly ParquetColumn[] V6 =
    [
        new("slot", 32), new("source_high", 64), new("source_low", 64), new("destination_high", 64),
        new("destination_low", 64), .. Rest,
    ];

    private readonly FileStream _file;
    private readonly bool _sorted;
    private readonly ParquetColumn[] _columns;
    private readonly EncoderBuffers _buffers;
    private readonly List<(int Rows, ColumnChunk[] Chunks)> _groups = [];
    private readonly List<ColumnChunk> _chunks = [];
    private long _offset;
    private long _begun;

    /// <param name="path">Of a file that does not exist yet.</param>
    /// <param name="v6">IPv6, else IPv4.</param>
    /// <param name="buffers">What this and other files use one after the other.</param>
    /// <param name="sorted">All rows come in the order of their sources, and the file says so.</param>
    public ParquetTupleFile(string path, bool v6, EncoderBuffers buffers, bool sorted = false)
    {
        _sorted = sorted;
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _columns = v6 ? V6 : V4;
        _buffers = buffers;
        Write("PAR1"u8);
    }

    public void Write(FlowTuples<uint> rows)
    {
        var count = rows.Count;
        Column(rows.Slot.AsSpan(0, count));
        Column(rows.Source.AsSpan(0, count));
        Column(rows.Destination.AsSpan(0, count));
        WriteRest(rows);
    }

    public void Write(FlowTuples<UInt128> rows)
    {
        Column(rows.Slot.AsSpan(0, rows.Count));
        Halves(rows.Source.AsSpan(0, rows.Count));
        Halves(rows.Destination.AsSpan(0, rows.Count));
        WriteRest(rows);
    }

    /// <summary>Writes the footer and closes the file; it is not yet on the disk for good.</summary>
    public void Close()
    {
        foreach (var (_, chunks) in _groups)
        {
            foreach (var chunk in chunks)
                WriteIndex(chunk);
        }

        var footer = _buffers.Chunk;
        footer.Clear();
        Footer(new ThriftWriter(footer));
        Write(footer.Written);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        Write(length);
        Write("PAR1"u8);
        _file.Dispose();
    }

    public void Dispose() => _file.Dispose();

    private void WriteRest<TAddress>(FlowTuples<TAddress> rows)
        where TAddress : unmanaged
    {
        var count = rows.Count;
        Column(rows.SourcePort.AsSpan(0, count));
        Column(rows.DestinationPort.AsSpan(0, count));
        Column(rows.Protocol.AsSpan(0, count));
        Column(rows.Ttl.AsSpan(0, count));
        Column(rows.TcpFlags.AsSpan(0, count));
        Column(rows.Length.AsSpan(0, count));
        Column(rows.SynLength.AsSpan(0, count));
        Column(rows.SynWindow.AsSpan(0, count));
        Column(MemoryMarshal.Cast<PacketMarks, ushort>(rows.Marks.AsSpan(0, count)));
        Column(rows.Packets.AsSpan(0, count));
        Column(rows.First.AsSpan(0, count));
        Column(rows.Last.AsSpan(0, count));
        _groups.Add((count, [.. _chunks]));
        _chunks.Clear();
        WriteBack.Begin(_file.SafeFileHandle, _begun, _offset - _begun);
        _begun = _offset;
    }

    private void Column(ReadOnlySpan<byte> values) =>
        Finish(_buffers.Encoder.Encode(values, Begin(), _offset));

    private void Column(ReadOnlySpan<ushort> values) =>
        Finish(_buffers.Encoder.Encode(values, Begin(), _offset));

    private void Column(ReadOnlySpan<uint> values) =>
        Finish(_buffers.Encoder.Encode(values, Begin(), _offset));

    private void Halves(ReadOnlySpan<UInt128> values)
    {
        var half = new ulong[values.Length];
        for (var row = 0; row < values.Length; row++)
            half[row] = (ulong)(values[row] >> 64);

        Finish(_buffers.Encoder.Encode(half, Begin(), _offset));
        for (var row = 0; row < values.Length; row++)
            half[row] = (ulong)values[row];

        Finish(_buffers.Encoder.Encode(half, Begin(), _offset));
    }

    private ByteBuffer Begin()
    {
        _buffers.Chunk.Clear();
        return _buffers.Chunk;
    }

    private void Finish(ColumnChunk chunk)
    {
        Write(_buffers.Chunk.Written);
        _chunks.Add(chunk);
    }

    // parquet.thrift, struct OffsetIndex.
    private void WriteIndex(ColumnChunk chunk)
    {
        var index = Begin();
        var thrift = new ThriftWriter(index);
        thrift.BeginElement();
        thrift.Structs(1, chunk.Pages.Length);
        foreach (var page in chunk.Pages)
        {
            thrift.BeginElement();
            thrift.Int64(1, page.Offset);
            thrift.Int32(2, page.Bytes);
            thrift.Int64(3, page.FirstRow);
            thrift.End();
        }

        thrift.End();
        (chunk.IndexOffset, chunk.IndexBytes) = (_offset, index.Length);
        Write(index.Written);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        _offset += bytes.Length;
    }

    // parquet.thrift, struct FileMetaData.
    private void Footer(ThriftWriter thrift)
    {
        thrift.BeginElement();
        thrift.Int32(1, 2);
        thrift.Structs(2, _columns.Length + 1);
        thrift.BeginElement();
        thrift.Text(4, "schema");
        thrift.Int32(5, _columns.Length);
        thrift.End();
        foreach (var column in _columns)
        {
            thrift.BeginElement();
            thrift.Int32(1, column.PhysicalType);
            thrift.Int32(3, 0);
            thrift.Text(4, column.Name);
            thrift.Int32(6, column.ConvertedType);
            thrift.End();
        }

        thrift.Int64(3, _groups.Sum(group => (long)group.Rows));
        thrift.Structs(4, _groups.Count);
        foreach (var (rows, chunks) in _groups)
            RowGroup(thrift, rows, chunks);

        thrift.Text(6, CreatedBy);
        // Bounds are in the order of each column's type.
        thrift.Structs(7, _columns.Length);
        foreach (var _ in _columns)
        {
            thrift.BeginElement();
            thrift.Begin(1);
            thrift.End();
            thrift.End();
        }

        thrift.End();
    }

    private void RowGroup(ThriftWriter thrift, int rows, ColumnChunk[] chunks)
    {
        thrift.BeginElement();
        thrift.Structs(1, chunks.Length);
        for (var index = 0; index < chunks.Length; index++)
        {
            thrift.BeginElement();
            thrift.Int64(2, 0);
            thrift.Begin(3);
            Chunk(thrift, _columns[index], chunks[index], rows);
            thrift.End();
            thrift.Int64(4, chunks[index].IndexOffset);
            thrift.Int32(5, chunks[index].IndexBytes);
            thrift.End();
        }

        thrift.Int64(2, chunks.Sum(chunk => chunk.Size));
        thrift.Int64(3, rows);
        if (_sorted)
        {
            // parquet.thrift, struct SortingColumn: 1 column_idx, 2 descending, 3 nulls_first.
            thrift.Structs(4, 1);
            thrift.BeginElement();
            thrift.Int32(1, (int)TupleColumn.Source);
            thrift.Boolean(2, false);
            thrift.Boolean(3, false);
            thrift.End();
        }

        thrift.End();
    }

    // parquet.thrift, struct ColumnMetaData; encodings 0 PLAIN, 3 RLE, 8 RLE_DICTIONARY; codec 0 UNCOMPRESSED.
    private static void Chunk(ThriftWriter thrift, ParquetColumn column, ColumnChunk chunk, int rows)
    {
        thrift.Int32(1, column.PhysicalType);
        if (chunk.HasDictionary)
            thrift.Int32s(2, 0, 3, 8);
        else
            thrift.Int32s(2, 0, 3);

        thrift.Texts(3, column.Name);
        thrift.Int32(4, 0);
        thrift.Int64(5, rows);
        thrift.Int64(6, chunk.Size);
        thrift.Int64(7, chunk.Size);
        thrift.Int64(9, chunk.DataOffset);
        if (chunk.HasDictionary)
            thrift.Int64(11, chunk.DictionaryOffset);

        Span<byte> bound = stackalloc byte[sizeof(ulong)];
        thrift.Begin(12);
        thrift.Int64(3, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bound, chunk.Maximum);
        thrift.Bytes(5, bound[..(column.Bits == 64 ? 8 : 4)]);
        BinaryPrimitives.WriteUInt64LittleEndian(bound, chunk.Minimum);
        thrift.Bytes(6, bound[..(column.Bits == 64 ? 8 : 4)]);
        thrift.End();
    }
}
