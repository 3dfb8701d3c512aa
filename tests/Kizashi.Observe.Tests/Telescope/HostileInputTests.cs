using CsCheck;
using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Tests.Telescope;

public sealed class HostileInputTests
{
    [Fact]
    public void Every_truncation_of_a_frame_is_counted_and_none_throws()
    {
        var whole = FrameBuilder.Icmp(
            Address.Parse("2001:db8::1"), Address.Parse("2001:db8::2"), 1, 0,
            FrameBuilder.Tcp(Address.Parse("2001:db8::2"), Address.Parse("2001:db8::3"), 1, 2, 2));
        var frames = Enumerable.Range(0, whole.Length + 1).Select(length => (PacketGen.Start, whole[..length])).ToList();
        using var source = new FrameList(frames);
        var (summary, kept) = Runs.Over(source);
        Assert.Equal(frames.Count, summary.Packets);
        Assert.InRange(summary.Malformed, 40, frames.Count - 1);
        Assert.Equal(summary.Malformed, kept.Health.Malformed);
    }

    [Fact]
    public void Changed_bytes_never_throw_and_every_frame_is_counted() =>
        Gen.Select(PacketGen.Frame, Gen.Int[14, 60], Gen.Byte).Array[200].Sample(
            changes =>
            {
                var frames = changes.Select((change, index) =>
                {
                    var frame = (byte[])change.Item1.Clone();
                    frame[change.Item2 % frame.Length] = change.Item3;
                    return (PacketGen.Start + index, frame);
                }).ToList();
                using var source = new FrameList(frames);
                var (summary, kept) = Runs.Over(source);
                Assert.Equal(frames.Count, summary.Packets);
                Assert.True(kept.Flows.Sum(row => row.Packets) <= frames.Count - summary.NotIp);
            },
            iter: 60);

    [Fact]
    public void More_sources_than_are_held_give_an_estimate_that_says_so()
    {
        var frames = Enumerable.Range(0, 20_000).Select(number => (PacketGen.Start + number, FrameBuilder.Udp(
            Address.FromV4(0x08000000u + ((uint)number * 77)), Address.Parse("192.0.2.1"), 9, 53))).ToList();
        using var source = new FrameList(frames, framesPerBlock: 1000);
        var (summary, _) = Runs.Over(source, new() { MaxSources = 4096 });
        Assert.True(summary.DistinctEstimated);
        Assert.InRange(summary.Sources, 19_200, 20_800);
        Assert.Equal(1, summary.Destinations);
    }

    [Fact]
    public void Destinations_all_over_the_internet_are_counted_in_bounded_memory()
    {
        var frames = Enumerable.Range(0, 150_000).Select(number => (PacketGen.Start + number, FrameBuilder.Udp(
            Address.Parse("203.0.113.5"), Address.FromV4((uint)(number * 2654435761L)), 9, 53))).ToList();
        using var source = new FrameList(frames, framesPerBlock: 4000);
        var (summary, _) = Runs.Over(source);
        Assert.InRange(summary.Destinations, 145_000, 155_000);
    }

    [Fact]
    public void Options_out_of_bounds_are_all_named_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => new Observe.Telescope.Telescope(
            new() { Workers = 0, Shards = 99, Sensor = "", FlushInterval = TimeSpan.FromDays(1) }, TimeProvider.System));
        Assert.Contains("Workers", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Shards", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Sensor", fault.Message, StringComparison.Ordinal);
        Assert.Contains("FlushInterval", fault.Message, StringComparison.Ordinal);
    }
}
