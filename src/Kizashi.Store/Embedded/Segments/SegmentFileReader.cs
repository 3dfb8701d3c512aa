using System.Runtime.InteropServices;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using ParquetSharp;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>Reads the rows of a segment file in their order, as many at a time as asked.</summary>
internal sealed class SegmentFileReader : IDisposable
{
    private readonly ParquetFileReader _file;
    private readonly int _columnCount;
    private RowGroupReader? _group;
    private ColumnReader[] _columns = [];
    private int _nextGroup;
    private long _left;
    private int[] _words = [];
    private long[] _high = [];
    private long[] _low = [];

    public SegmentFileReader(string path)
    {
        _file = new ParquetFileReader(path);
        _columnCount = _file.FileMetaData.NumColumns;
        Rows = _file.FileMetaData.NumRows;
    }

    public long Rows { get; }

    public void Skip(long rows)
    {
        while (rows > 0)
        {
            var part = (int)Math.Min(rows, Available());
            foreach (var column in _columns)
                column.Skip(part);

            _left -= part;
            rows -= part;
        }
    }

    public void Read(FlowTuples<uint> into, int rows)
    {
        into.EnsureCapacity(into.Count + rows);
        Parts(rows, part =>
        {
            var at = into.Count;
            Words(0, MemoryMarshal.Cast<uint, int>(into.Slot.AsSpan(at, part)));
            Words(1, MemoryMarshal.Cast<uint, int>(into.Source.AsSpan(at, part)));
            Words(2, MemoryMarshal.Cast<uint, int>(into.Destination.AsSpan(at, part)));
            TupleRest(3, into, part);
        });
    }

    public void Read(FlowTuples<UInt128> into, int rows)
    {
        into.EnsureCapacity(into.Count + rows);
        Parts(rows, part =>
        {
            var at = into.Count;
            Words(0, MemoryMarshal.Cast<uint, int>(into.Slot.AsSpan(at, part)));
            Halves(1, into.Source.AsSpan(at, part));
            Halves(3, into.Destination.AsSpan(at, part));
            TupleRest(5, into, part);
        });
    }

    public void Read(Backscatter<UInt128> into, int rows)
    {
        into.EnsureCapacity(into.Count + rows);
        Parts(rows, part =>
        {
            var at = into.Count;
            Words(0, MemoryMarshal.Cast<uint, int>(into.Slot.AsSpan(at, part)));
            Halves(1, into.Victim.AsSpan(at, part));
            Bytes(3, into.Protocol.AsSpan(at, part));
            Bytes(4, MemoryMarshal.Cast<BackscatterReason, byte>(into.Reasons.AsSpan(at, part)));
            Shorts(5, into.VictimPort.AsSpan(at, part));
            Words(6, MemoryMarshal.Cast<uint, int>(into.Packets.AsSpan(at, part)));
            Longs(7, MemoryMarshal.Cast<ulong, long>(into.Bytes.AsSpan(at, part)));
            Words(8, MemoryMarshal.Cast<uint, int>(into.Mismatches.AsSpan(at, part)));
            Sketches(9, into.DarkAddresses.AsSpan(at, part));
            Sketches(11, into.VictimPorts.AsSpan(at, part));
            Shorts(13, into.First.AsSpan(at, part));
            Shorts(14, into.Last.AsSpan(at, part));
            into.Count += part;
        });
    }

    public List<PacketSample> ReadSamples(int rows)
    {
        var samples = new List<PacketSample>(rows);
        Parts(rows, part =>
        {
            var times = new long[part];
            Longs(0, times);
            var (subjects, sources, destinations) = (new UInt128[part], new UInt128[part], new UInt128[part]);
            Halves(1, subjects);
            Halves(3, sources);
            Halves(5, destinations);
            var protocols = new byte[part];
            Bytes(7, protocols);
            var ports = new ushort[part];
            Shorts(8, ports);
            var lengths = new int[part];
            Words(9, lengths);
            var packets = Packets(10, part);
            for (var row = 0; row < part; row++)
            {
                samples.Add(new PacketSample
                {
                    TimeMicros = times[row],
                    Subject = new Address(subjects[row]),
                    Source = new Address(sources[row]),
                    Destination = new Address(destinations[row]),
                    Protocol = protocols[row],
                    Port = ports[row],
                    WireLength = lengths[row],
                    Bytes = packets[row],
                });
            }
        });
        return samples;
    }

    public void Dispose()
    {
        CloseGroup();
        _file.Dispose();
    }

    private void TupleRest<TAddress>(int column, FlowTuples<TAddress> into, int part)
        where TAddress : unmanaged
    {
        var at = into.Count;
        Shorts(column, into.SourcePort.AsSpan(at, part));
        Shorts(column + 1, into.DestinationPort.AsSpan(at, part));
        Bytes(column + 2, into.Protocol.AsSpan(at, part));
        Bytes(column + 3, into.Ttl.AsSpan(at, part));
        Bytes(column + 4, into.TcpFlags.AsSpan(at, part));
        Shorts(column + 5, into.Length.AsSpan(at, part));
        Shorts(column + 6, into.SynLength.AsSpan(at, part));
        Shorts(column + 7, into.SynWindow.AsSpan(at, part));
        Shorts(column + 8, MemoryMarshal.Cast<PacketMarks, ushort>(into.Marks.AsSpan(at, part)));
        Words(column + 9, MemoryMarshal.Cast<uint, int>(into.Packets.AsSpan(at, part)));
        Shorts(column + 10, into.First.AsSpan(at, part));
        Shorts(column + 11, into.Last.AsSpan(at, part));
        into.Count += part;
    }

    private void Parts(int rows, Action<int> read)
    {
        while (rows > 0)
        {
            var part = (int)Math.Min(rows, Available());
            read(part);
            _left -= part;
            rows -= part;
        }
    }

    private long Available()
    {
        while (_left == 0)
        {
            CloseGroup();
            if (_nextGroup >= _file.FileMetaData.NumRowGroups)
                throw new InvalidDataException("A segment has fewer rows than the ledger says.");

            _group = _file.RowGroup(_nextGroup++);
            _left = _group.MetaData.NumRows;
            _columns = [.. Enumerable.Range(0, _columnCount).Select(_group.Column)];
        }

        return _left;
    }

    private void CloseGroup()
    {
        foreach (var column in _columns)
            column.Dispose();

        _columns = [];
        _group?.Dispose();
        _group = null;
    }

    private void Words(int column, Span<int> into)
    {
        var reader = (ColumnReader<int>)_columns[column];
        while (into.Length > 0)
        {
            reader.ReadBatch(into.Length, into, out var read);
            into = into[(int)Positive(read)..];
        }
    }

    private void Longs(int column, Span<long> into)
    {
        var reader = (ColumnReader<long>)_columns[column];
        while (into.Length > 0)
        {
            reader.ReadBatch(into.Length, into, out var read);
            into = into[(int)Positive(read)..];
        }
    }

    private static long Positive(long read) =>
        read > 0 ? read : throw new InvalidDataException("A segment's column ends before its row group.");

    private void Shorts(int column, Span<ushort> into)
    {
        var words = Scratch(ref _words, into.Length);
        Words(column, words);
        for (var row = 0; row < into.Length; row++)
            into[row] = (ushort)words[row];
    }

    private void Bytes(int column, Span<byte> into)
    {
        var words = Scratch(ref _words, into.Length);
        Words(column, words);
        for (var row = 0; row < into.Length; row++)
            into[row] = (byte)words[row];
    }

    private void Halves(int column, Span<UInt128> into)
    {
        var high = Scratch(ref _high, into.Length);
        var low = Scratch(ref _low, into.Length);
        Longs(column, high);
        Longs(column + 1, low);
        for (var row = 0; row < into.Length; row++)
            into[row] = new UInt128((ulong)high[row], (ulong)low[row]);
    }

    private void Sketches(int column, Span<DistinctSketch> into)
    {
        var high = Scratch(ref _high, into.Length);
        var low = Scratch(ref _low, into.Length);
        Longs(column, high);
        Longs(column + 1, low);
        for (var row = 0; row < into.Length; row++)
            into[row] = new DistinctSketch((ulong)high[row], (ulong)low[row]);
    }

    private unsafe List<byte[]> Packets(int column, int rows)
    {
        var reader = (ColumnReader<ByteArray>)_columns[column];
        var packets = new List<byte[]>(rows);
        var values = new ByteArray[Math.Min(rows, 1024)];
        while (packets.Count < rows)
        {
            var part = values.AsSpan(0, Math.Min(values.Length, rows - packets.Count));
            reader.ReadBatch(part.Length, part, out var read);
            // The pointers are into the reader's page and live until the next read; each is copied before that.
            foreach (var value in part[..(int)Positive(read)])
                packets.Add(new ReadOnlySpan<byte>((void*)value.Pointer, value.Length).ToArray());
        }

        return packets;
    }

    private static Span<T> Scratch<T>(ref T[] scratch, int length)
    {
        if (scratch.Length < length)
            scratch = new T[length];

        return scratch.AsSpan(0, length);
    }
}
