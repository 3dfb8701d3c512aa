using CsCheck;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Observe.Telescope;

namespace Kizashi.Observe.Tests.Telescope;

public sealed class AggregationTests
{
    [Fact]
    public void It_finds_what_the_slow_reference_finds() =>
        PacketGen.Stream.Sample(
            frames =>
            {
                var reference = new ReferenceTelescope(PacketGen.Dark);
                foreach (var (time, frame) in frames)
                    reference.Add(time, frame);

                var (summary, kept) = Run(frames);
                Assert.Equal(reference.Flows, WithoutUnicornscan(kept.MergedFlows));
                Assert.Equal(reference.Victims, kept.MergedVictims);
                Assert.Equal(0, summary.Late);
                Assert.False(kept.SawTakeDuringInterval);
            },
            iter: 120);

    [Fact]
    public void Every_number_of_shards_and_workers_gives_the_same_union() =>
        PacketGen.Stream.Sample(
            frames =>
            {
                var (first, expected) = Run(frames, new() { Shards = 1, Workers = 1 });
                foreach (var (shards, workers) in new[] { (2, 1), (2, 2), (4, 2), (1, 2), (2, 3), (3, 4) })
                {
                    var (summary, kept) = Run(frames, new() { Shards = shards, Workers = workers });
                    Assert.Equal(expected.MergedFlows, kept.MergedFlows);
                    Assert.Equal(expected.MergedVictims, kept.MergedVictims);
                    Assert.Equal(first.FlowTuples, summary.FlowTuples);
                    Assert.Equal(first.Sources, summary.Sources);
                    Assert.Equal(first.Destinations, summary.Destinations);
                    Assert.Equal(first.Fingerprints, summary.Fingerprints);
                    Assert.Equal(expected.Health with { SamplesDropped = 0 }, kept.Health with { SamplesDropped = 0 });
                }
            },
            iter: 20);

    [Fact]
    public void The_same_frames_give_the_same_batches_whatever_the_number_of_workers() =>
        PacketGen.Stream.Sample(
            frames =>
            {
                var (_, once) = Run(frames, new() { Workers = 1 });
                var (_, again) = Run(frames, new() { Workers = 3 });
                Assert.Equal(once.Batches.OrderBy(batch => batch.Id.Value), again.Batches.OrderBy(batch => batch.Id.Value));
                Assert.Equal(once.Batches.Count, once.Batches.Select(batch => batch.Id).Distinct().Count());
                Assert.Equal(once.Intervals, again.Intervals);
                Assert.Equal(
                    once.Samples.Select(Describe).Order(StringComparer.Ordinal),
                    again.Samples.Select(Describe).Order(StringComparer.Ordinal));
            },
            iter: 20);

    [Fact]
    public void Slots_in_order_are_merged_so_that_rows_are_tuples() =>
        PacketGen.Stream.Sample(
            frames =>
            {
                var (summary, kept) = Run(frames);
                Assert.Equal(kept.MergedFlows.Count, kept.Flows.Count);
                Assert.Equal(kept.Flows.Count, summary.FlowTuples);
            },
            iter: 20);

    [Fact]
    public void A_full_table_is_flushed_early_and_loses_nothing()
    {
        var frames = Enumerable.Range(0, 5000)
            .Select(number => (PacketGen.Start + number, FrameBuilder.Udp(
                Address.FromV4(0xCB007105), Address.FromV4(0xC0000200u | (uint)(number % 200)), 1000 + (number / 100), 53)))
            .ToList();
        var (summary, kept) = Run(frames, new() { Shards = 1, MaxTuples = 1024, MaxBatchRows = 1024 });
        Assert.Equal(5000, kept.Flows.Sum(row => row.Packets));
        Assert.Equal(Run(frames).Kept.MergedFlows, kept.MergedFlows);
        Assert.True(summary.FlowTuplesSplit);
        Assert.All(kept.Batches, batch => Assert.InRange(batch.Rows, 0, 1024));
        Assert.Equal(kept.Batches.Count, kept.Batches.Select(batch => batch.Id).Distinct().Count());
    }

    [Fact]
    public void Watermarks_rise_and_no_row_comes_before_one() =>
        PacketGen.Stream.Sample(
            frames =>
            {
                var kept = Run(frames).Kept;
                Assert.Equal(kept.Intervals.Order().Distinct(), kept.Intervals);
                var last = new Dictionary<int, long>();
                foreach (var (_, shard, rows, from, watermark) in kept.Batches)
                {
                    Assert.True(rows == 0 || from >= last.GetValueOrDefault(shard));
                    last[shard] = watermark;
                }
            },
            iter: 20);

    private static (TelescopeSummary Summary, KeptSink Kept) Run(
        IReadOnlyList<(long, byte[])> frames, TelescopeOptions? options = null)
    {
        options ??= new TelescopeOptions();
        options.Dark = PacketGen.Dark;
        using var source = new FrameList(frames, framesPerBlock: 37);
        return Runs.Over(source, options);
    }

    private static string Describe(PacketSample sample) =>
        $"{sample.TimeMicros} {sample.Subject} {sample.Port} {Convert.ToHexString(sample.Bytes)}";

    // Unicornscan's mark depends on the packets before and has a test of its own.
    private static IReadOnlyList<FlowRow> WithoutUnicornscan(IReadOnlyList<FlowRow> rows) =>
        [.. rows.Select(row => row with { Key = row.Key with { Marks = row.Key.Marks & ~PacketMarks.Unicornscan } })
            .GroupBy(row => row.Key).Select(FlowRow.Merge).OrderBy(row => row.ToString(), StringComparer.Ordinal)];
}
