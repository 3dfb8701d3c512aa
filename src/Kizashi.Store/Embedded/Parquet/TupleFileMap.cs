using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Kizashi.Store.Embedded.Parquet;

/// <summary>Where the columns of a file of IPv4 FlowTuples lie that <see cref="ParquetTupleFile"/> wrote.</summary>
internal sealed class TupleFileMap
{
    private const int TailBytes = 64 << 10;
    private static readonly int TrailBytes = sizeof(int) + "PAR1"u8.Length;

    /// <summary>Of no file.</summary>
    public static TupleFileMap Empty { get; } = new([]);

    private TupleFileMap(List<TupleGroup> groups) => Groups = groups;

    public IReadOnlyList<TupleGroup> Groups { get; }

    /// <summary>Each row group is sorted by source, and so are they among each other.</summary>
    public bool IsSorted => Groups.All(group => group.IsSorted);

    /// <summary>Reads the footer; null when another program, or Kizashi before it kept pages apart, wrote the file.</summary>
    /// <exception cref="InvalidDataException">Not a whole Parquet file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TupleFileMap? Read(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        var tail = new byte[Math.Min(length, TailBytes)];
        ReadExactly(file, tail, length - tail.Length);
        if (tail.Length < TrailBytes || !tail.AsSpan().EndsWith("PAR1"u8))
            throw new InvalidDataException("The end of a Parquet file is missing.");

        var footer = BinaryPrimitives.ReadInt32LittleEndian(tail.AsSpan(tail.Length - TrailBytes));
        if (footer < 0 || footer > length - TrailBytes)
            throw new InvalidDataException("The footer of a Parquet file is damaged.");

        if (footer + TrailBytes <= tail.Length)
            return Parse(tail.AsSpan(tail.Length - TrailBytes - footer, footer));

        var whole = new byte[footer];
        ReadExactly(file, whole, length - TrailBytes - footer);
        return Parse(whole);
    }

    /// <summary>Fills the span from the file.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public static void ReadExactly(SafeFileHandle file, Span<byte> into, long offset)
    {
        if (offset < 0)
            throw new InvalidDataException("A Parquet file says that a part of it lies before its start.");

        while (into.Length > 0)
        {
            var read = RandomAccess.Read(file, into, offset);
            if (read == 0)
                throw new InvalidDataException("A Parquet file is shorter than it says.");

            into = into[read..];
            offset += read;
        }
    }

    // parquet.thrift, struct FileMetaData: 2 schema, 4 row_groups, 6 created_by.
    private static TupleFileMap? Parse(ReadOnlySpan<byte> footer)
    {
        var thrift = new ThriftReader(footer);
        List<string> columns = [];
        List<TupleGroup> groups = [];
        var writer = "";
        var field = 0;
        while (thrift.Field(ref field, out var type))
        {
            switch (field)
            {
                case 2:
                    for (var left = thrift.List(out _); left > 0; left--)
                        columns.Add(ColumnName(ref thrift));

                    break;
                case 4:
                    for (var left = thrift.List(out _); left > 0; left--)
                        groups.Add(TupleGroup.Read(ref thrift));

                    break;
                case 6:
                    writer = thrift.Text();
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return writer == ParquetTupleFile.CreatedBy
            && columns.Skip(1).SequenceEqual(ParquetTupleFile.V4Names)
            && groups.TrueForAll(group => group.IsReadable)
                ? new TupleFileMap(groups)
                : null;
    }

    private static string ColumnName(ref ThriftReader thrift)
    {
        var name = "";
        var field = 0;
        while (thrift.Field(ref field, out var type))
        {
            if (field == 4)
                name = thrift.Text();
            else
                thrift.Skip(type);
        }

        return name;
    }
}
