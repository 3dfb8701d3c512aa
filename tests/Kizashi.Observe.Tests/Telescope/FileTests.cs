using Kizashi.Core.Addresses;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>Batches of a file are its own, whatever was read before it in the same run.</summary>
public sealed class FileTests
{
    private const long Second = 1_000_000;
    private static readonly Address Dark = Address.Parse("192.0.2.1");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_file_gives_the_same_batches_alone_and_after_others(int workers)
    {
        var together = Keep(new FrameFiles(File(0), File(1), File(2)), workers);
        var alone = Enumerable.Range(0, 3).Select(number => Keep(File(number), workers)).ToList();
        var (one, other) = (Names(together), alone.SelectMany(Names).ToHashSet());
        Assert.Empty(one.Except(other));
        Assert.Empty(other.Except(one));
        Assert.Equal(
            Rows(together.Flows),
            Rows(alone.SelectMany(kept => kept.Flows)));
    }

    [Fact]
    public void The_order_of_files_does_not_matter_for_their_batches()
    {
        var inOrder = Names(Keep(new FrameFiles(File(0), File(1), File(2))));
        Assert.True(inOrder.SetEquals(Names(Keep(new FrameFiles(File(2), File(0), File(1))))));
    }

    [Fact]
    public void A_seam_adds_no_watermark_and_loses_no_packet_within_the_tolerance()
    {
        // The second file begins 8 s before the first one ends: in one slot open at the seam, and one before it.
        var first = new FrameList([At(0, 1), At(25 * Second, 2), At(31 * Second, 3)]);
        var second = new FrameList([At(23 * Second, 4), At(33 * Second, 5), At(60 * Second, 6)]);
        using var files = new FrameFiles(first, second);
        var (summary, kept) = Runs.Over(files, new() { Workers = 1 });
        Assert.Equal(0, summary.Late);
        Assert.Equal(6, kept.Flows.Sum(row => row.Packets));
        Assert.Equal(kept.Intervals.Order(), kept.Intervals);

        // At the seam nothing is promised beyond what the newest packet less the tolerance allows.
        Assert.Contains((PacketGen.Start + (20 * Second)) / 1000, kept.Intervals);
        Assert.DoesNotContain((PacketGen.Start + (30 * Second)) / 1000, kept.Intervals);
    }

    [Fact]
    public void A_file_that_reaches_far_into_the_time_of_the_one_before_is_not_late()
    {
        using var files = new FrameFiles(new FrameList([At(0, 1), At(900 * Second, 2)]), new FrameList([At(300 * Second, 3), At(950 * Second, 4)]));
        var (summary, kept) = Runs.Over(files, new() { Workers = 1 });
        Assert.Equal(0, summary.Late);
        Assert.Equal(4, kept.Flows.Sum(row => row.Packets));
        Assert.Equal(kept.Intervals.Order(), kept.Intervals);
    }

    [Fact]
    public void Late_packets_of_a_file_are_counted_in_any_company()
    {
        (long, byte[])[] frames = [At(0, 1), At(40 * Second, 2), At(5 * Second, 3)];
        using var alone = new FrameList(frames);
        using var files = new FrameFiles(File(1), new FrameList(frames));
        Assert.Equal(1, Runs.Over(alone).Summary.Late);
        Assert.Equal(1, Runs.Over(files).Summary.Late);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Batches_do_not_depend_on_what_a_block_holds_after_their_cut(int kept)
    {
        // A capture read while it was written: the last block ends early and is read again, its known frames taken out.
        var frames = Enumerable.Range(0, 90).Select(number => At(number * Second, number % 5)).ToList();
        using var whole = new FrameList(frames, framesPerBlock: 90);
        using var grown = new GrownList(frames, kept);
        Assert.True(Names(Keep(whole)).SetEquals(Names(Keep(grown))));
    }

    [Fact]
    public void Files_of_the_same_frames_at_other_times_are_not_taken_for_each_other()
    {
        using var one = new FrameList([At(0, 1), At(100 * Second, 1)], framesPerBlock: 1);
        using var other = new FrameList([At(7 * Second, 1), At(100 * Second, 1)], framesPerBlock: 1);
        Assert.Empty(Names(Keep(one)).Intersect(Names(Keep(other))));
    }

    private static FrameList File(int number) =>
        new([.. Enumerable.Range(0, 400).Select(frame => At(((number * 400L) + frame) * 97_000, (frame % 7) + number))], framesPerBlock: 37);

    private static KeptSink Keep(IFrameSource source, int workers = 1) => Runs.Over(source, new() { Workers = workers }).Kept;

    private static HashSet<(string, int, int)> Names(KeptSink kept) =>
        [.. kept.Batches.Select(batch => (batch.Id.ToString(), batch.Shard, batch.Rows))];

    private static List<string> Rows(IEnumerable<FlowRow> rows) => [.. rows.Select(row => row.ToString()).Order(StringComparer.Ordinal)];

    private static (long, byte[]) At(long micros, int port) =>
        (PacketGen.Start + micros, FrameBuilder.Udp(Address.Parse("203.0.113.5"), Dark, port + 1, 53));

    /// <summary>One block's content, given in two parts as a followed file that grew.</summary>
    private sealed class GrownList(IReadOnlyList<(long TimeMicros, byte[] Frame)> frames, int first) : IFrameSource
    {
        private int _reads;

        public string Name => "grown";

        public CaptureDamage? Damage => null;

        public double? Progress => null;

        public long Dropped => 0;

        public FrameSourceStatus Read(FrameBlock block)
        {
            block.Count = 0;
            if (_reads == 2)
                return FrameSourceStatus.End;

            using var list = new FrameList(_reads == 0 ? [.. frames.Take(first)] : frames, frames.Count);
            list.Read(block);
            if (_reads++ > 0)
                block.RemoveFirst(first);

            return FrameSourceStatus.Frames;
        }

        public void Dispose()
        {
        }
    }
}
