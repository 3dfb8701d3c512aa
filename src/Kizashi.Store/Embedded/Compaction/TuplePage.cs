using Kizashi.Store.Embedded.Parquet;

namespace Kizashi.Store.Embedded.Compaction;

/// <summary>All columns of one page as rows.</summary>
internal static class TuplePage
{
    /// <summary>Reads a page of the row group that the reader is in; returns the number of rows.</summary>
    public static int Read(TupleFileReader file, int page, ref StoredTuple[] rows)
    {
        var slots = file.Read(TupleColumn.Slot, page);
        if (rows.Length < slots.Length)
            rows = new StoredTuple[Math.Max(slots.Length, ColumnEncoder.PageRows)];

        var count = slots.Length;
        for (var row = 0; row < count; row++)
            rows[row].Slot = slots[row];

        Addresses(file, page, rows.AsSpan(0, count));
        Ports(file, page, rows.AsSpan(0, count));
        Form(file, page, rows.AsSpan(0, count));
        Times(file, page, rows.AsSpan(0, count));
        return count;
    }

    private static void Addresses(TupleFileReader file, int page, Span<StoredTuple> rows)
    {
        var sources = file.Read(TupleColumn.Source, page);
        var destinations = file.Read(TupleColumn.Destination, page);
        var packets = file.Read(TupleColumn.Packets, page);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row].Source = sources[row];
            rows[row].Destination = destinations[row];
            rows[row].Packets = packets[row];
        }
    }

    private static void Ports(TupleFileReader file, int page, Span<StoredTuple> rows)
    {
        var sources = file.Read(TupleColumn.SourcePort, page);
        var destinations = file.Read(TupleColumn.DestinationPort, page);
        var protocols = file.Read(TupleColumn.Protocol, page);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row].SourcePort = (ushort)sources[row];
            rows[row].DestinationPort = (ushort)destinations[row];
            rows[row].Protocol = (byte)protocols[row];
        }
    }

    private static void Form(TupleFileReader file, int page, Span<StoredTuple> rows)
    {
        var ttls = file.Read(TupleColumn.Ttl, page);
        var flags = file.Read(TupleColumn.TcpFlags, page);
        var lengths = file.Read(TupleColumn.Length, page);
        var marks = file.Read(TupleColumn.Marks, page);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row].Ttl = (byte)ttls[row];
            rows[row].TcpFlags = (byte)flags[row];
            rows[row].Length = (ushort)lengths[row];
            rows[row].Marks = (ushort)marks[row];
        }
    }

    private static void Times(TupleFileReader file, int page, Span<StoredTuple> rows)
    {
        var synLengths = file.Read(TupleColumn.SynLength, page);
        var windows = file.Read(TupleColumn.SynWindow, page);
        var firsts = file.Read(TupleColumn.First, page);
        var lasts = file.Read(TupleColumn.Last, page);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row].SynLength = (ushort)synLengths[row];
            rows[row].SynWindow = (ushort)windows[row];
            rows[row].First = (ushort)firsts[row];
            rows[row].Last = (ushort)lasts[row];
        }
    }
}
