using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded;

namespace Kizashi.Store.Tests.Embedded;

public sealed class EmbeddedStoreTests
{
    private static readonly TimeRange Day = new(StoreFixture.Noon.AddHours(-12), StoreFixture.Noon.AddHours(12));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_batch_given_twice_is_refused_before_and_after_its_commit_and_after_a_restart()
    {
        using var fixture = new StoreFixture();
        var batch = Batches.Random(1, 1, 100, StoreFixture.Noon, 5)[0];
        using (var writer = fixture.Store.OpenWriter(Batches.Sensor))
        {
            Assert.Equal(AppendOutcome.Taken, writer.Append(batch));
            Assert.Equal(AppendOutcome.Duplicate, writer.Append(batch));
            Assert.True(writer.Commit());
            Assert.Equal(AppendOutcome.Duplicate, writer.Append(batch));
        }

        fixture.Reopen();
        using var second = fixture.Store.OpenWriter(Batches.Sensor);
        Assert.Equal(AppendOutcome.Duplicate, second.Append(batch));
        Assert.Equal(120, fixture.Store.Statistics.Tuples);
    }

    [Fact]
    public void Taken_again_a_batch_counts_twice()
    {
        using var fixture = new StoreFixture();
        var batch = Batches.Random(1, 1, 100, StoreFixture.Noon, 5)[0];
        fixture.Add(batch);
        using (var writer = fixture.Store.OpenWriter(Batches.Sensor, again: true))
            Assert.Equal(AppendOutcome.Taken, writer.Append(batch));

        Assert.Equal(240, fixture.Store.Statistics.Tuples);
    }

    [Fact]
    public async Task Of_writers_that_race_with_the_same_batches_each_batch_has_one_winner()
    {
        using var fixture = new StoreFixture();
        var batches = Batches.Random(2, 60, 20, StoreFixture.Noon, 5);
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using var writer = fixture.Store.OpenWriter(Batches.Sensor);
            return batches.Count(batch =>
            {
                var outcome = writer.Append(batch);
                if (batch.Shard == 0)
                    writer.Commit();

                return outcome == AppendOutcome.Taken;
            });
        })));
        Assert.Equal(60, taken.Sum());
        Assert.Equal(batches.Sum(batch => (long)batch.V4.Count + batch.V6.Count), fixture.Store.Statistics.Tuples);
        Assert.Empty(fixture.Store.Maintenance.Check(cancellation: Cancel).Problems);
    }

    [Fact]
    public void Batches_come_back_as_they_were_in_the_order_of_their_commit_also_after_a_restart()
    {
        using var fixture = new StoreFixture(change: options => options.RowGroupRows = 150);
        var batches = Batches.Random(3, 12, 100, StoreFixture.Noon, 5);
        batches.Insert(4, Batches.Empty(1, 0, 1000));
        fixture.Add(batches.Take(5));
        fixture.Add(batches.Skip(5));
        fixture.Reopen();
        for (var after = 0; after < batches.Count; after++)
        {
            var replayed = fixture.Store.Checkpoints.ReadAfter(Batches.Sensor, after).ToList();
            Assert.Equal(Enumerable.Range(after + 1, batches.Count - after).Select(number => (long)number), replayed.Select(item => item.Sequence));
            Assert.Equal(
                batches.Skip(after).SelectMany(Batches.Describe), replayed.SelectMany(item => Batches.Describe(item.Batch)));
        }

        Assert.Equal(batches.Count, fixture.Store.Checkpoints.LatestSequence(Batches.Sensor));
        Assert.Equal(0, fixture.Store.Checkpoints.LatestSequence("nobody"));
    }

    [Fact]
    public void A_checkpoint_comes_back_after_a_restart_and_the_newest_wins()
    {
        using var fixture = new StoreFixture();
        Assert.Null(fixture.Store.Checkpoints.Find(Batches.Sensor));
        fixture.Store.Checkpoints.Save(new AnalyzerCheckpoint(Batches.Sensor, 1, 10, [1, 2]));
        fixture.Store.Checkpoints.Save(new AnalyzerCheckpoint(Batches.Sensor, 2, 20, [3, 4, 5]));
        fixture.Store.Checkpoints.Save(new AnalyzerCheckpoint("../other", 7, 70, []));
        fixture.Reopen();
        var found = fixture.Store.Checkpoints.Find(Batches.Sensor)!;
        Assert.Equal((2, 20, "03-04-05"), (found.Sequence, found.WatermarkMillis, BitConverter.ToString(found.State)));
        Assert.Equal(7, fixture.Store.Checkpoints.Find("../other")!.Sequence);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(fixture.DataDirectory, "checkpoints")).Length);
    }

    [Fact]
    public void A_second_start_on_the_same_directory_is_refused_and_names_the_process()
    {
        using var fixture = new StoreFixture();
        var refused = Assert.Throws<StoreLockedException>(
            () => EmbeddedStore.Open(fixture.Options, fixture.Time, fixture.Book));
        Assert.Equal(Environment.ProcessId, refused.HolderPid);
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(fixture.DataDirectory, refused.Message, StringComparison.Ordinal);
        fixture.Reopen();
    }

    [Fact]
    public void Options_name_all_their_faults_at_once()
    {
        var options = new EmbeddedStoreOptions { DataDirectory = "", QueryMemory = 1, KeepDays = 10, KeepRollupDays = 5 };
        Assert.Equal(3, options.Faults().Count);
        Assert.Throws<ArgumentException>(() => EmbeddedStore.Open(options, TimeProvider.System, new FakeBook(false)));
    }

    [Fact]
    public async Task A_stated_gap_is_a_gap_and_a_quiet_minute_is_zero()
    {
        using var fixture = new StoreFixture();
        var start = Batches.Seconds(StoreFixture.Noon) * 1000;
        fixture.Add(
            Batches.Empty(1, start, start + 60_000), Batches.Empty(2, 0, start + 120_000),
            Batches.Empty(3, 0, start + 240_000));
        fixture.Store.AddGap(new SensorGap(
            Batches.Sensor, StoreFixture.Noon.AddMinutes(2), StoreFixture.Noon.AddMinutes(3), "cable"));
        fixture.Reopen();
        var range = new TimeRange(StoreFixture.Noon.AddMinutes(-1), StoreFixture.Noon.AddMinutes(6));
        var series = await fixture.Store.SeriesAsync(range, TimeSpan.FromMinutes(1), null, Cancel);
        Assert.Equal([null, 0, 0, null, 0, null, null], series.Select(point => point.Packets));
        Assert.Equal("cable", Assert.Single(await fixture.Store.GapsAsync(range, Cancel)).Reason);
        Assert.All(await fixture.Store.SeriesAsync(range, TimeSpan.FromMinutes(1), "other", Cancel), point => Assert.Null(point.Packets));
    }

    [Fact]
    public async Task Samples_of_a_port_are_of_as_many_senders_as_there_is_room_for_and_go_to_it()
    {
        using var fixture = new StoreFixture();
        var batch = Batches.Random(5, 60, 2, StoreFixture.Noon, 30).First(one => one.Samples.Count > 0);
        var model = batch.Samples[0];
        PacketSample Sample(int sender, int number, ushort to) => model with
        {
            TimeMicros = model.TimeMicros + number,
            Subject = Address.FromV4((uint)sender),
            Source = Address.FromV4((uint)sender),
            Protocol = 6,
            Port = 8080,
            Bytes = [0x45, .. new byte[21], (byte)(to >> 8), (byte)to, .. new byte[16]],
        };
        batch.Samples = [.. Enumerable.Range(0, 40).Select(n => Sample(n < 30 ? 1 : n, n, 8080)), Sample(99, 50, 40_000), Sample(98, 51, 40_001)];
        fixture.Add([batch]);
        var some = await fixture.Store.PortSamplesAsync(6, 8080, Day, 8, Cancel);
        Assert.Equal(8, some.Count);
        Assert.Equal(8, some.Select(sample => sample.Source).Distinct().Count());
        Assert.Equal(29, some[0].TimeMicros - model.TimeMicros);
        Assert.Equal(some.OrderBy(sample => sample.TimeMicros).Select(sample => sample.TimeMicros), some.Select(sample => sample.TimeMicros));
        var all = await fixture.Store.PortSamplesAsync(6, 8080, Day, 1_000, Cancel);
        Assert.Equal(40, all.Count);
        Assert.DoesNotContain(all, sample => sample.Source.V4 is 98 or 99);
        Assert.Empty(await fixture.Store.PortSamplesAsync(17, 8080, Day, 8, Cancel));
    }

    [Fact]
    public async Task Samples_are_spread_over_the_range_with_the_first_and_the_last_among_them()
    {
        using var fixture = new StoreFixture();
        var batches = Batches.Random(5, 60, 2, StoreFixture.Noon, 30);
        fixture.Add(batches);
        var subject = Address.FromV4(1u << 24);
        var all = batches.SelectMany(batch => batch.Samples).Where(sample => sample.Subject == subject)
            .OrderBy(sample => sample.TimeMicros).ToList();
        Assert.InRange(all.Count, 11, 100);
        var some = await fixture.Store.SamplesAsync(subject, Day, 10, Cancel);
        Assert.Equal(10, some.Count);
        Assert.Equal(all[0].TimeMicros, some[0].TimeMicros);
        Assert.Equal(all[^1].TimeMicros, some[^1].TimeMicros);
        Assert.Equal(all[0].Bytes, some[0].Bytes);
        Assert.Equal(all[0].Destination, some[0].Destination);
        Assert.Equal(all.Count, (await fixture.Store.SamplesAsync(subject, Day, 1000, Cancel)).Count);
        Assert.Single(await fixture.Store.SamplesAsync(subject, Day, 1, Cancel));
    }

    [Fact]
    public void Statistics_tell_what_is_stored()
    {
        using var fixture = new StoreFixture();
        Assert.Null(fixture.Store.Statistics.Earliest);
        var batches = Batches.Random(6, 4, 50, StoreFixture.Noon, 5);
        fixture.Add(batches);
        var statistics = fixture.Store.Statistics;
        var rows = Expected.Of(batches);
        Assert.Equal(rows.Count, statistics.Tuples);
        Assert.Equal(rows.Sum(row => row.Packets), statistics.Packets);
        Assert.Equal(fixture.SegmentFiles.Sum(file => new FileInfo(file).Length), statistics.Bytes);
        Assert.True(statistics.HasSimulated);
        Assert.Null(statistics.Problem);
    }
}
