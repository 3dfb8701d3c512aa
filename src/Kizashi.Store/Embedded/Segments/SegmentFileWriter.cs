using System.Runtime.InteropServices;
using Kizashi.Core.Observations;
using Kizashi.Store.Embedded.Parquet;
using ParquetSharp;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>Writes one segment file, a row group at a time, from columnar batches.</summary>
/// <remarks>FlowTuples, the bulk, by our own encoder; the others by ParquetSharp.</remarks>
internal sealed class SegmentFileWriter : IDisposable
{
    private const int Chunk = 16_384;

    private readonly ParquetFileWriter? _file;
    private readonly WriterProperties? _properties;
    private readonly ParquetTupleFile? _tuples;
    private readonly int[] _wide = [];
    private readonly ulong[] _words = [];

    public SegmentFileWriter(string path, SegmentKind kind, EncoderBuffers buffers)
    {
        if (kind is SegmentKind.V4 or SegmentKind.V6)
        {
            _tuples = new ParquetTupleFile(path, kind == SegmentKind.V6, buffers);
            return;
        }

        _wide = new int[Chunk];
        _words = new ulong[Chunk];
        _properties = SegmentSchema.Properties(kind);
        _file = new ParquetFileWriter(path, SegmentSchema.Columns(kind), _properties);
    }

    private ParquetTupleFile Tuples => _tuples ?? throw new InvalidOperationException("A file of another kind.");

    private ParquetFileWriter Others => _file ?? throw new InvalidOperationException("A file of another kind.");

    public void Write(FlowTuples<uint> rows) => Tuples.Write(rows);

    public void Write(FlowTuples<UInt128> rows) => Tuples.Write(rows);

    public void Write(Backscatter<UInt128> rows)
    {
        using var group = Others.AppendRowGroup();
        var count = rows.Count;
        Words(group, MemoryMarshal.Cast<uint, int>(rows.Slot.AsSpan(0, count)));
        Halves(group, rows.Victim.AsSpan(0, count));
        Bytes(group, rows.Protocol.AsSpan(0, count));
        Bytes(group, MemoryMarshal.Cast<BackscatterReason, byte>(rows.Reasons.AsSpan(0, count)));
        Shorts(group, rows.VictimPort.AsSpan(0, count));
        Words(group, MemoryMarshal.Cast<uint, int>(rows.Packets.AsSpan(0, count)));
        Longs(group, MemoryMarshal.Cast<ulong, long>(rows.Bytes.AsSpan(0, count)));
        Words(group, MemoryMarshal.Cast<uint, int>(rows.Mismatches.AsSpan(0, count)));
        Sketches(group, rows.DarkAddresses.AsSpan(0, count));
        Sketches(group, rows.VictimPorts.AsSpan(0, count));
        Shorts(group, rows.First.AsSpan(0, count));
        Shorts(group, rows.Last.AsSpan(0, count));
    }

    public void Write(IReadOnlyList<PacketSample> rows)
    {
        using var group = Others.AppendRowGroup();
        Longs(group, rows.Select(row => row.TimeMicros).ToArray());
        Halves(group, rows.Select(row => row.Subject.Value).ToArray());
        Halves(group, rows.Select(row => row.Source.Value).ToArray());
        Halves(group, rows.Select(row => row.Destination.Value).ToArray());
        Bytes(group, rows.Select(row => row.Protocol).ToArray());
        Shorts(group, rows.Select(row => row.Port).ToArray());
        Words(group, rows.Select(row => row.WireLength).ToArray());
        using var packets = group.NextColumn().LogicalWriter<byte[]>();
        packets.WriteBatch(rows.Select(row => row.Bytes).ToArray());
    }

    /// <summary>Writes the footer and closes the file; it is not yet on the disk for good.</summary>
    public void Close()
    {
        _tuples?.Close();
        _file?.Close();
    }

    public void Dispose()
    {
        _tuples?.Dispose();
        _file?.Dispose();
        _properties?.Dispose();
    }

    private static void Words(RowGroupWriter group, ReadOnlySpan<int> values)
    {
        using var column = (ColumnWriter<int>)group.NextColumn();
        column.WriteBatch(values);
    }

    private static void Longs(RowGroupWriter group, ReadOnlySpan<long> values)
    {
        using var column = (ColumnWriter<long>)group.NextColumn();
        column.WriteBatch(values);
    }

    private void Shorts(RowGroupWriter group, ReadOnlySpan<ushort> values)
    {
        using var column = (ColumnWriter<int>)group.NextColumn();
        while (values.Length > 0)
        {
            var part = values[..Math.Min(Chunk, values.Length)];
            for (var index = 0; index < part.Length; index++)
                _wide[index] = part[index];

            column.WriteBatch(_wide.AsSpan(0, part.Length));
            values = values[part.Length..];
        }
    }

    private void Bytes(RowGroupWriter group, ReadOnlySpan<byte> values)
    {
        using var column = (ColumnWriter<int>)group.NextColumn();
        while (values.Length > 0)
        {
            var part = values[..Math.Min(Chunk, values.Length)];
            for (var index = 0; index < part.Length; index++)
                _wide[index] = part[index];

            column.WriteBatch(_wide.AsSpan(0, part.Length));
            values = values[part.Length..];
        }
    }

    private void Halves(RowGroupWriter group, ReadOnlySpan<UInt128> values)
    {
        using (var column = (ColumnWriter<long>)group.NextColumn())
            Half(column, values, 64);

        using (var column = (ColumnWriter<long>)group.NextColumn())
            Half(column, values, 0);
    }

    private void Half(ColumnWriter<long> column, ReadOnlySpan<UInt128> values, int shift)
    {
        while (values.Length > 0)
        {
            var part = values[..Math.Min(Chunk, values.Length)];
            for (var index = 0; index < part.Length; index++)
                _words[index] = (ulong)(part[index] >> shift);

            column.WriteBatch(MemoryMarshal.Cast<ulong, long>(_words.AsSpan(0, part.Length)));
            values = values[part.Length..];
        }
    }

    private void Sketches(RowGroupWriter group, ReadOnlySpan<DistinctSketch> values)
    {
        using (var column = (ColumnWriter<long>)group.NextColumn())
            Half(column, values, high: true);

        using (var column = (ColumnWriter<long>)group.NextColumn())
            Half(column, values, high: false);
    }

    private void Half(ColumnWriter<long> column, ReadOnlySpan<DistinctSketch> values, bool high)
    {
        while (values.Length > 0)
        {
            var part = values[..Math.Min(Chunk, values.Length)];
            for (var index = 0; index < part.Length; index++)
                _words[index] = high ? part[index].High : part[index].Low;

            column.WriteBatch(MemoryMarshal.Cast<ulong, long>(_words.AsSpan(0, part.Length)));
            values = values[part.Length..];
        }
    }
}
