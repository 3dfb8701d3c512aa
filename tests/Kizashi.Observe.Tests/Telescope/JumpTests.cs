using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>Times that are wrong and far ahead.</summary>
public sealed class JumpTests
{
    private const long Second = 1_000_000;
    private const long Year = 365L * 86_400 * Second;
    private static readonly Address Dark = Address.Parse("192.0.2.1");

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void One_wrong_packet_costs_itself_only(int framesPerBlock)
    {
        var (summary, kept) = Over([.. Steady(0, 50), At(12 * Year), .. Steady(50, 50)], framesPerBlock);
        Assert.Equal((1, 0), (summary.Misdated, summary.Late));
        Assert.Equal(100, kept.Flows.Sum(row => row.Packets));
        Assert.Equal(1, kept.Health.Late);
        Assert.Equal(99 * Second, (summary.LastPacket!.Value.UtcTicks / 10) - (DateTimeOffset.UnixEpoch.UtcTicks / 10) - PacketGen.Start);
    }

    [Fact]
    public void Several_wrong_packets_cost_themselves_only()
    {
        var wrong = new[] { At(12 * Year), At(3 * Year), At(40 * Year), At(12 * Year) };
        var (summary, kept) = Over([.. Steady(0, 50), .. wrong, .. Steady(50, 10), wrong[0], .. Steady(60, 40)], 11);
        Assert.Equal((5, 0), (summary.Misdated, summary.Late));
        Assert.Equal(100, kept.Flows.Sum(row => row.Packets));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Wrong_packets_at_the_very_start_cost_themselves_only(int count)
    {
        var wrong = Enumerable.Range(0, count).Select(number => At((5 + number) * Year)).ToList();
        var (summary, kept) = Over([.. wrong, .. Steady(0, 100)], 3);
        Assert.Equal((count, 0), (summary.Misdated, summary.Late));
        Assert.Equal(100, kept.Flows.Sum(row => row.Packets));
    }

    [Fact]
    public void Each_file_of_several_is_judged_from_its_own_start()
    {
        using var files = new FrameFiles(
            new FrameList([.. Steady(0, 50)]), new FrameList([At(12 * Year), .. Steady(50, 50)]));
        var (summary, kept) = Runs.Over(files);
        Assert.Equal((1, 0), (summary.Misdated, summary.Late));
        Assert.Equal(100, kept.Flows.Sum(row => row.Packets));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    public void A_real_pause_is_believed_however_little_follows_it(int after)
    {
        var (summary, kept) = Over([.. Steady(0, 50), .. Steady(9 * 86_400, after)], 7);
        Assert.Equal((0, 0), (summary.Misdated, summary.Late));
        Assert.Equal(50 + after, kept.Flows.Sum(row => row.Packets));
    }

    [Fact]
    public void A_wrong_packet_right_after_a_real_pause_is_told_from_it()
    {
        var (summary, kept) = Over([.. Steady(0, 50), At(12 * Year), .. Steady(9 * 86_400, 50)], 7);
        Assert.Equal((1, 0), (summary.Misdated, summary.Late));
        Assert.Equal(100, kept.Flows.Sum(row => row.Packets));
    }

    [Fact]
    public void A_jump_back_is_late_as_it_always_was()
    {
        var (summary, _) = Over([.. Steady(1000, 50), .. Steady(0, 50), .. Steady(1050, 50)], 7);
        Assert.Equal((0, 50), (summary.Misdated, summary.Late));
    }

    [Fact]
    public void A_wrong_packet_far_back_at_the_start_takes_nothing_with_it()
    {
        var (summary, kept) = Over([At(-10 * Year), .. Steady(0, 50)], 7);
        Assert.Equal((0, 0), (summary.Misdated, summary.Late));
        Assert.Equal(51, kept.Flows.Sum(row => row.Packets));
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    public void The_bound_itself_is_taken_unseen(int ahead, int misdated)
    {
        var (summary, _) = Over([.. Steady(0, 2), At((1 + ahead) * Second), .. Enumerable.Repeat(At(0), 20)], 100);
        Assert.Equal(misdated, summary.Misdated);
    }

    [Fact]
    public void On_a_wire_the_clock_decides()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddMicroseconds(PacketGen.Start));
        using var source = new FrameList([At(0), At(Year), At(Second), At(30 * 86_400 * Second)], framesPerBlock: 1)
        {
            IsIdle = next =>
            {
                // A month of silence before the last packet.
                if (next == 3)
                    time.SetUtcNow(DateTimeOffset.UnixEpoch.AddMicroseconds(PacketGen.Start + (30 * 86_400 * Second)));

                return false;
            },
        };
        var kept = new KeptSink();
        using var telescope = new Observe.Telescope.Telescope(new() { Pace = TelescopePace.Live, Workers = 1 }, time);
        var summary = telescope.Run(source, kept, TestContext.Current.CancellationToken);
        Assert.Equal((1, 0), (summary.Misdated, summary.Late));
        Assert.Equal(3, kept.Flows.Sum(row => row.Packets));
    }

    [Fact]
    public void A_capture_of_days_with_few_packets_loses_none()
    {
        var (summary, kept) = Runs.Capture("slp-unsolicited-15-days.pcap");
        Assert.Equal((629, 0, 0), (summary.Packets, summary.Misdated, summary.Late));
        Assert.Equal(629 - summary.NotIp, kept.Flows.Sum(row => row.Packets));
    }

    [Fact]
    public void All_times_zero_are_times_too()
    {
        using var source = new FrameList([.. Steady(0, 20).Select(frame => (0L, frame.Frame))]);
        Assert.Equal(20, Runs.Over(source).Kept.Flows.Sum(row => row.Packets));
    }

    private static (TelescopeSummary Summary, KeptSink Kept) Over(IReadOnlyList<(long TimeMicros, byte[] Frame)> frames, int framesPerBlock)
    {
        using var source = new FrameList(frames, framesPerBlock);
        return Runs.Over(source);
    }

    private static IEnumerable<(long TimeMicros, byte[] Frame)> Steady(long fromSecond, int packets) =>
        Enumerable.Range(0, packets).Select(number => At((fromSecond + number) * Second));

    private static (long TimeMicros, byte[] Frame) At(long micros) =>
        (PacketGen.Start + micros, FrameBuilder.Udp(Address.Parse("203.0.113.5"), Dark, 4000, 53));
}
