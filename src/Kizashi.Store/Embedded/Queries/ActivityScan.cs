using System.Runtime.InteropServices;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Parquet;

namespace Kizashi.Store.Embedded.Queries;

/// <summary>Sums up what one IPv4 source did, file by file, reading only the pages that may name it.</summary>
internal sealed class ActivityScan(uint source, uint from, uint to) : IDisposable
{
    /// <summary>Bytes that a remembered pair of activity and destination takes while the set grows.</summary>
    private const int BytesPerPair = 64;

    private readonly TupleFileReader _file = new();
    private readonly Dictionary<(long Day, byte Protocol, ushort Port), int> _numbers = [];
    private readonly List<Sum> _sums = [];
    private readonly HashSet<ulong> _pairs = [];

    /// <summary>Adds a file.</summary>
    /// <param name="path">Of a segment of IPv4 tuples.</param>
    /// <param name="memory">MiB that may be used.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>False when this file, or so much, takes another engine.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public bool Add(string path, int memory, CancellationToken cancellation)
    {
        if (!_file.Open(path))
            return false;

        foreach (var group in _file.Map.Groups)
        {
            cancellation.ThrowIfCancellationRequested();
            if (group[TupleColumn.Source].Minimum > source || group[TupleColumn.Source].Maximum < source
                || group[TupleColumn.Slot].Maximum < from || group[TupleColumn.Slot].Minimum >= to)
            {
                continue;
            }

            var pages = _file.Enter(group);
            for (var page = group.IsSorted ? FirstPage(pages) : 0; page < pages; page++)
            {
                var sources = _file.Read(TupleColumn.Source, page);
                if (sources.IndexOf(source) is var row && row >= 0)
                    Add(sources, row, page);
                else if (group.IsSorted)
                    break;

                if (_pairs.Count > ((long)memory << 20) / BytesPerPair)
                    return false;
            }
        }

        return true;
    }

    /// <summary>What was found, the most packets first.</summary>
    public IReadOnlyList<SourceActivity> Answer(int most) =>
    [
        .. _numbers
            .Select(entry => (entry.Key, Sum: _sums[entry.Value]))
            .OrderByDescending(entry => entry.Sum.Packets)
            .ThenBy(entry => entry.Key.Day).ThenBy(entry => entry.Key.Protocol).ThenBy(entry => entry.Key.Port)
            .Take(most)
            .Select(entry => new SourceActivity(
                DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(entry.Key.Day)), entry.Key.Protocol, entry.Key.Port,
                entry.Sum.Packets, entry.Sum.Destinations, entry.Sum.Marks)),
    ];

    public void Dispose() => _file.Dispose();

    // The first page whose last source is not below; the page before it cannot name the source.
    private int FirstPage(int pages)
    {
        var (low, high) = (0, pages - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_file.Read(TupleColumn.Source, middle)[^1] < source)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Add(ReadOnlySpan<uint> sources, int first, int page)
    {
        var slots = _file.Read(TupleColumn.Slot, page);
        var destinations = _file.Read(TupleColumn.Destination, page);
        var ports = _file.Read(TupleColumn.DestinationPort, page);
        var protocols = _file.Read(TupleColumn.Protocol, page);
        var packets = _file.Read(TupleColumn.Packets, page);
        var marks = _file.Read(TupleColumn.Marks, page);
        for (var row = first; row < sources.Length;)
        {
            if (slots[row] >= from && slots[row] < to)
            {
                var number = Number((slots[row] / 86_400, (byte)protocols[row], (ushort)ports[row]));
                ref var sum = ref CollectionsMarshal.AsSpan(_sums)[number];
                sum.Packets += packets[row];
                sum.Marks |= (PacketMarks)marks[row];
                if (_pairs.Add(((ulong)number << 32) | destinations[row]))
                    sum.Destinations++;
            }

            var next = sources[(row + 1)..].IndexOf(source);
            row = next < 0 ? sources.Length : row + 1 + next;
        }
    }

    private int Number((long Day, byte Protocol, ushort Port) key)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, key, out var known);
        if (!known)
        {
            number = _sums.Count;
            _sums.Add(default);
        }

        return number;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Sum
    {
        public long Packets;
        public long Destinations;
        public PacketMarks Marks;
    }
}
