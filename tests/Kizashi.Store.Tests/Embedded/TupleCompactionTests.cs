using CsCheck;
using Kizashi.Core.Observations;
using Kizashi.Store.Embedded.Compaction;
using Kizashi.Store.Embedded.Parquet;
using Kizashi.Store.Embedded.Segments;
using Kizashi.Testing;

namespace Kizashi.Store.Tests.Embedded;

public sealed class TupleCompactionTests
{
    private const long Day = 86_400;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Sorting_in_memory_spilling_and_merging_all_give_what_grouping_by_hand_gives() =>
        Gen.Select(Gen.Int, Gen.Int[1, 4], Gen.Int[1, 10_000], Gen.Int[0, 1]).Sample(
            (seed, files, rows, memory) =>
            {
                using var folder = new TemporaryFolder();
                var random = new Random(seed);
                var inputs = Enumerable.Range(0, files).Select(number => Random(random, rows, sources: 1 + random.Next(5000))).ToList();
                var paths = inputs.Select((input, number) => Write(folder.File($"raw{number}"), input)).ToList();

                // With no memory every thousand rows are a run of their own.
                var sorted = Compact(folder, paths, memory * 64, (0, Day), "first");
                AssertSame(Grouped(inputs.SelectMany(Rows)), Read(sorted));

                // Sorted files are only merged, one with an unsorted one as well.
                var merged = Compact(folder, [sorted, .. paths[..1]], memory * 64, (0, Day), "second");
                AssertSame(Grouped(inputs.SelectMany(Rows).Concat(Rows(inputs[0]))), Read(merged));
                Assert.Empty(Directory.GetFiles(folder.Path, "temporary/*"));
            },
            iter: 10);

    [Fact]
    public void Each_period_gets_its_own_rows_and_all_periods_are_found()
    {
        using var folder = new TemporaryFolder();
        var input = Random(new Random(3), 40_000, 100);
        using var compaction = TupleCompaction.Of([Write(folder.File("raw"), input)], 64, folder.File("temporary"))!;
        var hours = compaction.Periods(3600, Cancel).ToList();
        Assert.Equal(Rows(input).Select(row => row.Slot / 3600L).Distinct().Order(), hours);
        var found = new List<StoredTuple>();
        foreach (var hour in hours)
        {
            var path = folder.File($"hour{hour}");
            var extent = compaction.Write(path, (hour * 3600, (hour + 1) * 3600), Cancel);
            var rows = Read(path);
            Assert.All(rows, row => Assert.Equal(hour, row.Slot / 3600));
            Assert.Equal(rows.Count, extent.Rows);
            Assert.Equal(rows.Sum(row => (long)row.Packets), extent.Packets);
            Assert.Equal((rows.Min(row => row.Slot), rows.Max(row => row.Slot)), (extent.MinSlot, extent.MaxSlot));
            Assert.Equal((rows[0].Source, rows[^1].Source), ((uint)extent.MinSource, (uint)extent.MaxSource));
            found.AddRange(rows);
        }

        AssertSame(Grouped(Rows(input)), Grouped(found));
    }

    [Fact]
    public void Rows_whose_packets_together_are_too_many_for_one_stay_two()
    {
        using var folder = new TemporaryFolder();
        var rows = new FlowTuples<uint>(0);
        Batches.Add(rows, 100, 7, 23, 4_000_000_000);
        Batches.Add(rows, 100, 7, 23, 4_000_000_000);
        rows.Destination[1] = rows.Destination[0];
        rows.SourcePort[1] = rows.SourcePort[0];
        var path = Compact(folder, [Write(folder.File("raw"), rows)], 64, (0, Day), "out");
        Assert.Equal([4_000_000_000, 4_000_000_000], Read(path).Select(row => row.Packets));
    }

    private static string Compact(
        TemporaryFolder folder, IEnumerable<string> inputs, int memory, (long From, long To) period, string name)
    {
        using var compaction = TupleCompaction.Of(inputs, memory, folder.File("temporary"))!;
        compaction.Write(folder.File(name), period, Cancel);
        return folder.File(name);
    }

    private static string Write(string path, FlowTuples<uint> rows)
    {
        using var file = new ParquetTupleFile(path, v6: false, new EncoderBuffers());
        file.Write(rows);
        file.Close();
        return path;
    }

    // Few ports and destinations, so that flows come again; source addresses all over.
    private static FlowTuples<uint> Random(Random random, int count, int sources)
    {
        var rows = new FlowTuples<uint>(0);
        for (var row = 0; row < count; row++)
        {
            var source = (uint)random.Next(sources) * 2_654_435_761u;
            Batches.Add(rows, random.NextInt64(Day), source, (ushort)random.Next(3), (uint)random.Next(1, 5));
            rows.Slot[row] = (uint)random.Next(2) * 40_000;
            rows.Destination[row] = (uint)random.Next(2);
            rows.SourcePort[row] = 1;
            rows.Ttl[row] = (byte)random.Next(2);
            rows.SynWindow[row] = (ushort)random.Next(2);
            rows.First[row] = (ushort)random.Next(10_000);
            rows.Last[row] = (ushort)random.Next(10_000);
        }

        return rows;
    }

    private static IEnumerable<StoredTuple> Rows(FlowTuples<uint> rows) => Enumerable.Range(0, rows.Count).Select(row => new StoredTuple
    {
        Slot = rows.Slot[row],
        Source = rows.Source[row],
        Destination = rows.Destination[row],
        SourcePort = rows.SourcePort[row],
        DestinationPort = rows.DestinationPort[row],
        Protocol = rows.Protocol[row],
        Ttl = rows.Ttl[row],
        TcpFlags = rows.TcpFlags[row],
        Length = rows.Length[row],
        SynLength = rows.SynLength[row],
        SynWindow = rows.SynWindow[row],
        Marks = (ushort)rows.Marks[row],
        Packets = rows.Packets[row],
        First = rows.First[row],
        Last = rows.Last[row],
    });

    private static IEnumerable<StoredTuple> Grouped(IEnumerable<StoredTuple> rows) => rows
        .GroupBy(row => (
            (row.Source, row.Slot, row.Destination, row.SourcePort, row.DestinationPort), (row.Protocol, row.Ttl, row.TcpFlags),
            (row.Length, row.SynLength, row.SynWindow, row.Marks)))
        .Select(group => group.First() with
        {
            Packets = (uint)group.Sum(row => (long)row.Packets),
            First = group.Min(row => row.First),
            Last = group.Max(row => row.Last),
        })
        .OrderBy(row => row.Source).ThenBy(row => row.Slot).ThenBy(row => row.Destination).ThenBy(row => row.DestinationPort)
        .ThenBy(row => row.SynWindow).ThenBy(row => row.Ttl);

    private static void AssertSame(IEnumerable<StoredTuple> expected, IEnumerable<StoredTuple> actual) =>
        Assert.True(expected.Select(Line).SequenceEqual(actual.Select(Line)));

    private static string Line(StoredTuple row) =>
        $"{row.Slot} {row.Source} {row.Destination} {row.SourcePort} {row.DestinationPort} {row.Protocol} {row.Ttl} {row.TcpFlags} "
        + $"{row.Length} {row.SynLength} {row.SynWindow} {row.Marks} {row.Packets} {row.First} {row.Last}";

    // By a reader that is not ours.
    private static List<StoredTuple> Read(string path)
    {
        using var reader = new SegmentFileReader(path);
        var rows = new FlowTuples<uint>(0);
        reader.Read(rows, (int)reader.Rows);
        return [.. Rows(rows)];
    }
}
