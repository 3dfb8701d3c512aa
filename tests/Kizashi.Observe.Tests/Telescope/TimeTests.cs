using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Observe.Tests.Telescope;

public sealed class TimeTests
{
    private const long Second = 1_000_000;
    private static readonly Address Dark = Address.Parse("192.0.2.1");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10_000_000, 0)]
    [InlineData(19_999_999, 0)]
    [InlineData(20_000_000, 1)]
    [InlineData(40_000_000, 1)]
    public void A_packet_is_late_when_its_slot_ended_longer_ago_than_the_tolerance(long newestMicros, int late)
    {
        using var source = new FrameList([Packet(1), At(newestMicros, 2), At(9_999_999, 3)]);
        var (summary, kept) = Runs.Over(source, new() { ReorderTolerance = TimeSpan.FromSeconds(10) });
        Assert.Equal(late, summary.Late);
        Assert.Equal(3 - late, kept.Flows.Sum(row => row.Packets));
        Assert.Equal(late, kept.Health.Late);
    }

    [Fact]
    public void Without_tolerance_a_slot_ends_with_the_first_packet_after_it()
    {
        using var source = new FrameList([Packet(1), At(10 * Second, 2), At(9_999_999, 3)]);
        Assert.Equal(1, Runs.Over(source, new() { ReorderTolerance = TimeSpan.Zero }).Summary.Late);
    }

    [Fact]
    public void Times_beyond_what_a_slot_can_express_are_no_harm()
    {
        using var source = new FrameList([(long.MaxValue, Udp(1)), (long.MinValue, Udp(2)), (-5, Udp(3))]);
        Assert.Equal(3, Runs.Over(source).Summary.Packets);
    }

    [Fact]
    public void A_quiet_wire_closes_its_slots_by_the_clock()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddMicroseconds(PacketGen.Start));
        var kept = new KeptSink();
        using var source = new FrameList([Packet(1), At(Second, 2)])
        {
            StaysOpen = () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(500));
                return time.GetUtcNow() < DateTimeOffset.UnixEpoch.AddMicroseconds(PacketGen.Start + (20 * Second));
            },
        };
        using var telescope = new Observe.Telescope.Telescope(new() { Pace = TelescopePace.Live, Workers = 1 }, time);
        var summary = telescope.Run(source, kept, TestContext.Current.CancellationToken);
        Assert.Equal(2, kept.Flows.Sum(row => row.Packets));
        Assert.Contains(kept.Intervals, watermark => watermark >= (PacketGen.Start + (10 * Second)) / 1000);
        Assert.InRange(kept.Intervals.Count, 15, 25);
        Assert.Equal(2, summary.FlowTuples);
    }

    [Fact]
    public void Gains_of_an_open_slot_are_handed_on_every_second_and_add_up()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddMicroseconds(PacketGen.Start));
        var frames = Enumerable.Range(0, 90).Select(number => At(number * 100_000, 1)).ToList();
        using var source = new FrameList(frames, framesPerBlock: 1)
        {
            IsIdle = _ =>
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                return false;
            },
        };
        var kept = new KeptSink();
        using var telescope = new Observe.Telescope.Telescope(new() { Pace = TelescopePace.Paced, Workers = 1 }, time);
        var summary = telescope.Run(source, kept, TestContext.Current.CancellationToken);
        Assert.Equal(1, summary.FlowTuples);
        Assert.InRange(kept.Flows.Count, 8, 11);
        var merged = Assert.Single(kept.MergedFlows);
        Assert.Equal((90u, 0, 8900), (merged.Packets, merged.First, merged.Last));
        Assert.Equal(kept.Batches.Count, kept.Batches.Select(batch => batch.Id).Distinct().Count());
    }

    [Fact]
    public void A_cancelled_file_leaves_its_open_slots_to_another_run()
    {
        using var cancellation = new CancellationTokenSource();
        var frames = Enumerable.Range(0, 40).Select(number => At(number * Second, 1)).ToList();
        using var source = new FrameList(frames, framesPerBlock: 1)
        {
            IsIdle = next =>
            {
                if (next == 35)
                    cancellation.Cancel();

                return false;
            },
        };
        var kept = new KeptSink();
        using var telescope = new Observe.Telescope.Telescope(new() { Workers = 1 }, TimeProvider.System);
        telescope.Run(source, kept, cancellation.Token);
        Assert.Equal(20, kept.Flows.Sum(row => row.Packets));
    }

    [Fact]
    public void A_failing_sink_ends_the_run_with_its_exception()
    {
        using var source = new FrameList([.. Enumerable.Range(0, 400).Select(number => At(number * Second, 1))], framesPerBlock: 7);
        using var telescope = new Observe.Telescope.Telescope(new() { Workers = 3 }, TimeProvider.System);
        Assert.Throws<InvalidOperationException>(() => telescope.Run(source, new BrokenSink(), CancellationToken.None));
    }

    private static (long, byte[]) Packet(int port) => At(0, port);

    private static (long, byte[]) At(long micros, int port) => (PacketGen.Start + micros, Udp(port));

    private static byte[] Udp(int port) => FrameBuilder.Udp(Address.Parse("203.0.113.5"), Dark, port, 53);
}
