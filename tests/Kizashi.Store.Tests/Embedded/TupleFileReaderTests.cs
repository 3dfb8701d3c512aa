using CsCheck;
using DuckDB.NET.Data;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Parquet;
using Kizashi.Store.Embedded.Queries;
using Kizashi.Testing;

namespace Kizashi.Store.Tests.Embedded;

public sealed class TupleFileReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void What_an_address_did_is_found_in_sorted_and_unsorted_files_wherever_its_rows_lie()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(11);
        // Sources of one row, of some and of more than a page; each uneven address is nobody.
        var sources = Enumerable.Range(0, 200)
            .SelectMany(number => Enumerable.Repeat((uint)number * 20_000_000, number % 100 == 7 ? 40_000 : 1 + (number % 90))).ToArray();
        var sorted = Rows(sources);
        random.Shuffle(sources);
        var unsorted = Rows(sources);
        foreach (var (rows, isSorted) in new[] { (sorted, true), (unsorted, false) })
        {
            var path = Write(folder.File($"{isSorted}.parquet"), rows, isSorted);
            foreach (var source in Enumerable.Range(0, 200).Where(number => number % 9 == 7).SelectMany(number => new[] { (uint)number * 20_000_000, ((uint)number * 20_000_000) + 1 }))
            {
                using var scan = new ActivityScan(source, 5_000, 400_000);
                Assert.True(scan.Add(path, 512, Cancel));
                Assert.Equal(Expected(rows, source, 5_000, 400_000), scan.Answer(10_000));
            }
        }
    }

    [Fact]
    public void Addresses_that_did_too_much_for_the_memory_are_left_to_another_engine()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder.File("one.parquet"), Rows(Enumerable.Repeat(9u, 200_000)), sorted: true);
        using var scan = new ActivityScan(9, 0, uint.MaxValue);
        Assert.False(scan.Add(path, 1, Cancel));
    }

    [Fact]
    public async Task Files_that_another_program_rewrote_still_answer()
    {
        using var fixture = new StoreFixture();
        var batches = Batches.Random(5, 4, 300, StoreFixture.Noon.AddDays(-2), 50);
        fixture.Add(batches);
        var range = new TimeRange(StoreFixture.Noon.AddDays(-3), StoreFixture.Noon);
        var source = Address.FromV4(batches[0].V4.Source[0]);
        var expected = await fixture.Store.ActivityAsync(source, range, Cancel);
        foreach (var file in fixture.SegmentFiles.Where(file => Path.GetFileName(file).StartsWith("v4-", StringComparison.Ordinal)))
        {
            Rewrite(file);
            using var reader = new TupleFileReader();
            Assert.False(reader.Open(file));
        }

        Assert.Equal(expected, await fixture.Store.ActivityAsync(source, range, Cancel));
        fixture.Checkpoint(Batches.Sensor);
        fixture.Store.Maintenance.Compact(cancellation: Cancel);
        Assert.Equal(expected, await fixture.Store.ActivityAsync(source, range, Cancel));
    }

    [Fact]
    public void Damage_anywhere_is_an_exception_of_its_own_or_other_values()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Write(folder.File("whole.parquet"), Rows(Enumerable.Range(0, 500).Select(row => (uint)row / 9)), sorted: true));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[1, 4], Gen.Int[0, whole.Length]).Sample(
            (at, value, run, cut) =>
            {
                var bytes = whole.ToArray();
                bytes.AsSpan(at, Math.Min(run, bytes.Length - at)).Fill(value);
                var path = folder.File(Guid.NewGuid().ToString("N"));
                File.WriteAllBytes(path, cut % 10 == 0 ? bytes[..cut] : bytes);
                try
                {
                    using var scan = new ActivityScan(20, 0, uint.MaxValue);
                    scan.Add(path, 512, Cancel);
                }
                catch (InvalidDataException)
                {
                    // What a damaged file is meant to give.
                }
                finally
                {
                    File.Delete(path);
                }
            },
            iter: 3_000);
    }

    private static FlowTuples<uint> Rows(IEnumerable<uint> sources)
    {
        var rows = new FlowTuples<uint>(0);
        foreach (var source in sources)
        {
            var row = rows.Count;
            Batches.Add(rows, row * 10, source, (ushort)(row % 5), (uint)(1 + (row % 3)), (byte)(row % 7 == 0 ? 17 : 6));
            rows.Destination[row] = (uint)(row * 31) % 5000;
        }

        return rows;
    }

    private static IEnumerable<SourceActivity> Expected(FlowTuples<uint> rows, uint source, uint from, uint to) => Enumerable.Range(0, rows.Count)
        .Where(row => rows.Source[row] == source && rows.Slot[row] >= from && rows.Slot[row] < to)
        .GroupBy(row => (Day: DateOnly.FromDateTime(DateTime.UnixEpoch.AddSeconds(rows.Slot[row])), Protocol: rows.Protocol[row], Port: rows.DestinationPort[row]))
        .Select(group => new SourceActivity(
            group.Key.Day, group.Key.Protocol, group.Key.Port, group.Sum(row => (long)rows.Packets[row]),
            group.Select(row => rows.Destination[row]).Distinct().Count(),
            group.Aggregate(PacketMarks.None, (marks, row) => marks | rows.Marks[row])))
        .OrderByDescending(row => row.Packets).ThenBy(row => row.Day).ThenBy(row => row.Protocol).ThenBy(row => row.Port);

    private static string Write(string path, FlowTuples<uint> rows, bool sorted)
    {
        using var file = new ParquetTupleFile(path, v6: false, new EncoderBuffers(), sorted);
        file.Write(rows);
        file.Close();
        return path;
    }

    private static void Rewrite(string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY (SELECT * FROM read_parquet('{path}')) TO '{path}.new' (FORMAT parquet, COMPRESSION zstd)";
        command.ExecuteNonQuery();
        File.Move($"{path}.new", path, overwrite: true);
    }
}
