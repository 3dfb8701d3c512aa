using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Maintenance;

namespace Kizashi.Store.Tests.Embedded;

public sealed class MaintenanceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Only_what_a_checkpoint_covers_is_compacted_and_the_rest_comes_back_as_it_was()
    {
        using var fixture = new StoreFixture();
        var batches = Batches.Random(1, 9, 60, StoreFixture.Noon.AddDays(-3), 60);
        foreach (var chunk in batches.Chunk(3))
            fixture.Add(chunk);

        fixture.Store.Checkpoints.Save(new AnalyzerCheckpoint(Batches.Sensor, 4, 0, []));
        fixture.Store.Maintenance.Compact(cancellation: Cancel);
        fixture.Reopen();
        Assert.Equal(
            batches.Skip(4).SelectMany(Batches.Describe),
            fixture.Store.Checkpoints.ReadAfter(Batches.Sensor, 4).SelectMany(item => Batches.Describe(item.Batch)));
        fixture.Checkpoint(Batches.Sensor);
        fixture.Store.Maintenance.Compact(cancellation: Cancel);
        Assert.Empty(fixture.Store.Checkpoints.ReadAfter(Batches.Sensor, 0));
        Assert.Equal(fixture.Store.Statistics.Segments, fixture.SegmentFiles.Length);
        Assert.DoesNotContain(fixture.SegmentFiles, file => file.Contains("-raw-", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_checkpoint_batches_are_compacted_after_a_day()
    {
        using var fixture = new StoreFixture();
        fixture.Add(Batches.Random(1, 2, 60, StoreFixture.Noon, 5));
        fixture.Store.Maintenance.Compact(cancellation: Cancel);
        Assert.Contains(fixture.SegmentFiles, file => file.Contains("v4-raw-", StringComparison.Ordinal));
        fixture.Time.Advance(TimeSpan.FromDays(1.1));
        fixture.Store.Maintenance.RunOnce(Cancel);
        Assert.DoesNotContain(fixture.SegmentFiles, file => file.Contains("-raw-", StringComparison.Ordinal));
    }

    [Fact]
    public void Hours_become_one_sorted_segment_a_day()
    {
        using var fixture = new StoreFixture();
        for (var hour = 0; hour < 5; hour++)
            fixture.Add(Batches.Random(hour, 2, 60, StoreFixture.Noon.AddDays(-2).AddHours(hour), 50));

        fixture.Checkpoint(Batches.Sensor);
        fixture.Store.Maintenance.Compact(cancellation: Cancel);
        Assert.Single(fixture.SegmentFiles, file => file.Contains("v4-day-", StringComparison.Ordinal));
        Assert.DoesNotContain(fixture.SegmentFiles, file => file.Contains("v4-hour-", StringComparison.Ordinal));
        Assert.Empty(fixture.Store.Maintenance.Check(cancellation: Cancel).Problems);
    }

    [Fact]
    public async Task Rows_of_one_key_and_slot_become_one_row()
    {
        using var fixture = new StoreFixture();
        var slot = Batches.Seconds(StoreFixture.Noon.AddHours(-3));
        for (var number = 0; number < 3; number++)
        {
            var batch = Batches.Empty(number, slot * 1000, (slot + 1) * 1000);
            Batches.Add(batch.V4, slot, 42, 23, 2);
            fixture.Add(batch);
        }

        fixture.Checkpoint(Batches.Sensor);
        fixture.Store.Maintenance.Compact(cancellation: Cancel);
        Assert.Equal((1, 6), (fixture.Store.Statistics.Tuples, fixture.Store.Statistics.Packets));
        var range = new TimeRange(StoreFixture.Noon.AddDays(-1), StoreFixture.Noon);
        var activity = Assert.Single(await fixture.Store.ActivityAsync(Address.FromV4(42), range, Cancel));
        Assert.Equal(new SourceActivity(new DateOnly(2026, 11, 23), 6, 23, 6, 1, PacketMarks.ZMap), activity);
    }

    [Fact]
    public async Task Observations_go_when_they_are_old_and_their_sums_stay_longer()
    {
        using var fixture = new StoreFixture(change: options =>
        {
            options.KeepDays = 10;
            options.KeepMinuteDays = 20;
            options.KeepRollupDays = 30;
        });
        var old = Batches.Random(1, 2, 60, StoreFixture.Noon.AddYears(-3), 5);
        fixture.Add(old);
        fixture.Time.Advance(TimeSpan.FromDays(8));
        fixture.Add(Batches.Random(2, 2, 60, StoreFixture.Noon.AddDays(8), 5));
        fixture.Time.Advance(TimeSpan.FromDays(3));
        fixture.Store.Maintenance.RunOnce(Cancel);
        Assert.Equal(StoreFixture.Noon.AddDays(8).Year, fixture.Store.Statistics.Earliest!.Value.Year);
        Assert.Equal(Expected.Of(old).Sum(row => row.Packets), await SumAsync());
        Assert.Equal(AppendOutcome.Duplicate, fixture.Store.OpenWriter(Batches.Sensor).Append(old[0]));
        fixture.Time.Advance(TimeSpan.FromDays(25));
        fixture.Store.Maintenance.RunOnce(Cancel);
        Assert.Equal(0, fixture.Store.Statistics.Segments);
        Assert.Empty(fixture.SegmentFiles);
        Assert.Equal(0, await SumAsync());

        async Task<long> SumAsync() => (await fixture.Store.SeriesAsync(
            new TimeRange(StoreFixture.Noon.AddYears(-3), StoreFixture.Noon.AddYears(-3).AddHours(2)),
            TimeSpan.FromHours(1), null, Cancel)).Sum(point => point.Packets ?? 0);
    }

    [Fact]
    public void Over_the_size_the_oldest_go_first()
    {
        using var fixture = new StoreFixture();
        for (var day = 0; day < 5; day++)
        {
            fixture.Add(Batches.Random(day, 1, 200, StoreFixture.Noon.AddDays(day), 5));
            fixture.Time.Advance(TimeSpan.FromDays(1));
        }

        fixture.Options.MostBytes = fixture.Store.Statistics.Bytes / 2;
        Assert.True(fixture.Store.Maintenance.Retire() > 0);
        Assert.InRange(fixture.Store.Statistics.Bytes, 1, fixture.Options.MostBytes);
        Assert.True(fixture.Store.Statistics.Earliest >= StoreFixture.Noon.AddDays(2));
        Assert.True(fixture.Store.Statistics.Latest >= StoreFixture.Noon.AddDays(4));
    }

    [Fact]
    public void The_check_names_what_is_missing_damaged_or_listed_by_nobody()
    {
        using var fixture = new StoreFixture();
        fixture.Add(Batches.Random(1, 3, 300, StoreFixture.Noon, 5));
        Assert.Empty(fixture.Store.Maintenance.Check(cancellation: Cancel).Problems);
        var v4 = fixture.SegmentFiles.Single(file => file.Contains("v4-", StringComparison.Ordinal));
        var v6 = fixture.SegmentFiles.Single(file => file.Contains("v6-", StringComparison.Ordinal));
        var bytes = File.ReadAllBytes(v4);
        bytes.AsSpan(4, 200).Fill(0xFF);
        File.WriteAllBytes(v4, bytes);
        File.Delete(v6);
        File.WriteAllText(Path.Combine(fixture.DataDirectory, "segments", "v4-raw-00000000ffff.parquet"), "x");
        var problems = fixture.Store.Maintenance.Check(cancellation: Cancel).Problems;
        Assert.Equal(3, problems.Count);
        Assert.Contains(problems, problem => problem.StartsWith(Path.GetFileName(v4) + ": cannot be read", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith(Path.GetFileName(v6) + ": the file is missing", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("no ledger lists it", StringComparison.Ordinal));
        fixture.Reopen();
        Assert.Equal(2, fixture.Store.Maintenance.Check(cancellation: Cancel).Problems.Count);
    }

    [Fact]
    public void What_a_crash_left_behind_is_gone_after_the_next_start()
    {
        using var fixture = new StoreFixture();
        fixture.Add(Batches.Random(1, 3, 30, StoreFixture.Noon, 5));
        var files = fixture.SegmentFiles;
        File.WriteAllText(Path.Combine(fixture.DataDirectory, "segments", "v4-raw-00000000ffff.parquet"), "x");
        File.WriteAllText(Path.Combine(fixture.DataDirectory, "segments", "v4-raw-00000000fffe.parquet.tmp"), "x");
        fixture.Reopen();
        Assert.Equal(files.Order(), fixture.SegmentFiles.Order());
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Parquet)]
    public void An_export_holds_the_range_and_nothing_else(ExportFormat format)
    {
        using var fixture = new StoreFixture();
        var batches = Batches.Random(1, 3, 100, StoreFixture.Noon.AddHours(11).AddMinutes(30), 60);
        fixture.Add(batches);
        var steps = new List<MaintenanceProgress>();
        var range = new TimeRange(StoreFixture.Noon, StoreFixture.Noon.AddHours(12).AddMinutes(10));
        var folder = Path.Combine(fixture.DataDirectory, "out");
        var report = fixture.Store.Maintenance.Export(range, folder, format, new Recorder(steps), Cancel);
        var rows = Expected.Of(batches).Count(row => row.Slot < range.To.ToUnixTimeSeconds());
        var others = batches.Sum(batch =>
            batch.BackscatterV4.Slot.Take(batch.BackscatterV4.Count).Concat(batch.BackscatterV6.Slot.Take(batch.BackscatterV6.Count))
                .Count(slot => slot < range.To.ToUnixTimeSeconds())
            + batch.Samples.Count(sample => sample.TimeMicros < range.To.ToUnixTimeMilliseconds() * 1000));
        Assert.Equal(rows + others, report.Rows);
        Assert.Equal(report.Files.Order(), Directory.GetFiles(folder).Order());
        Assert.Equal(steps.Count, steps[^1].Total);
        if (format == ExportFormat.Csv)
        {
            Assert.Equal(rows + others + report.Files.Count, report.Files.Sum(file => File.ReadAllLines(file).Length));
            var v6 = File.ReadAllLines(report.Files.First(file => file.Contains("flowtuples-v6", StringComparison.Ordinal)))[1].Split(',');
            Assert.StartsWith("2026-11-23T23:", v6[0], StringComparison.Ordinal);
            Assert.StartsWith("2001:db8:", v6[1], StringComparison.Ordinal);
        }
    }

    private sealed class Recorder(List<MaintenanceProgress> steps) : IProgress<MaintenanceProgress>
    {
        public void Report(MaintenanceProgress value) => steps.Add(value);
    }
}
