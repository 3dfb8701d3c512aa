using CsCheck;
using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope;

namespace Kizashi.Observe.Tests.Telescope;

public sealed class SampleTests
{
    private const long Hour = 3_600_000_000;

    private static readonly Address Dark = Address.Parse("192.0.2.1");

    [Fact]
    public void Whoever_sends_ten_packets_leaves_three_samples_however_they_fall_into_tuples() =>
        Gen.Int[1, 6].Array[1, 10].Where(tuples => tuples.Sum() >= 10).Sample(
            tuples =>
            {
                var source = Address.Parse("203.0.113.5");
                var frames = tuples.SelectMany((packets, tuple) =>
                    Enumerable.Repeat(FrameBuilder.Udp(source, Dark, 4000 + tuple, 53), packets));
                var (_, kept) = Run(frames);
                Assert.InRange(kept.Samples.Count(sample => sample.Subject == source), 3, tuples.Sum());
            },
            iter: 60);

    [Fact]
    public void A_victim_of_25_answers_leaves_three_samples_also_when_routers_answer_for_it()
    {
        var victim = Address.Parse("203.0.113.77");
        var frames = Enumerable.Range(0, 25).Select(number => FrameBuilder.Icmp(
            Address.FromV4(0x08080800u | (uint)number), Dark, 3, 1, FrameBuilder.Tcp(Dark, victim, 1000 + number, 443, 2)));
        var (_, kept) = Run(frames);
        Assert.InRange(kept.Samples.Count(sample => sample.Subject == victim && sample.Port == 443), 3, 8);
        Assert.DoesNotContain(kept.Samples, sample => sample.Subject != victim);
    }

    [Fact]
    public void A_sample_is_the_packet_from_its_ip_header_on_cut_to_256_bytes()
    {
        var frame = FrameBuilder.Ip(Address.Parse("203.0.113.5"), Dark, 17, [0x10, 0, 0, 53, 1, 0x2C, 0, 0, .. new byte[292]]);
        var sample = Run(Enumerable.Repeat(frame, 10)).Kept.Samples[0];
        Assert.Equal(frame.AsSpan(14, 256).ToArray(), sample.Bytes);
        Assert.Equal(320, sample.WireLength);
        Assert.Equal((17, 53), (sample.Protocol, sample.Port));
    }

    [Fact]
    public void What_the_budget_costs_is_counted()
    {
        var frames = Enumerable.Range(0, 100).SelectMany(source =>
            Enumerable.Repeat(FrameBuilder.Udp(Address.FromV4(0x08080000u | (uint)source), Dark, 4000, 53), 10));
        var (summary, kept) = Run(frames, new() { MaxSamplesPerSlot = 10, Shards = 1 });
        // A quarter is there for busy subjects.
        Assert.Equal(8, kept.Samples.Count);
        Assert.True(summary.SamplesDropped > 0);
        Assert.Equal(summary.SamplesDropped, kept.Health.SamplesDropped);
    }

    [Fact]
    public void Crowds_of_quiet_sources_leave_room_for_a_busy_one()
    {
        var crowd = Enumerable.Range(0, 100).SelectMany(source =>
            Enumerable.Repeat(FrameBuilder.Udp(Address.FromV4(0x08080000u | (uint)source), Dark, 4000, 53), 3));
        var busy = Enumerable.Range(0, 32).Select(target => FrameBuilder.Udp(Address.Parse("203.0.113.5"), Target(target), 4000, 53));
        var (_, kept) = Run(crowd.Concat(busy), new() { MaxSamplesPerSlot = 10, Shards = 1 });
        Assert.Equal([15, 31], kept.Samples.Where(sample => sample.Subject == Address.Parse("203.0.113.5")).Select(sample => (int)(sample.Destination.V4 & 0xFF)));
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(6, 5)]
    public void A_source_that_sends_a_packet_an_hour_leaves_all_but_its_first(int packets, int samples)
    {
        var source = Address.Parse("203.0.113.5");
        var kept = Run(Enumerable.Range(0, packets).Select(hour => (hour * Hour, FrameBuilder.Udp(source, Dark, 4000, 53))));
        Assert.Equal(samples, kept.Samples.Count);
    }

    [Fact]
    public void An_own_address_leaves_already_its_first_packet()
    {
        var source = Address.Parse("203.0.113.5");
        var frames = Enumerable.Range(0, 3).Select(packet => FrameBuilder.Udp(source, Dark, 4000, 53));
        var (_, kept) = Run(frames, new() { Own = new PrefixSet([Prefix.Parse("203.0.113.0/24")]) });
        Assert.Equal(3, kept.Samples.Count);
    }

    [Theory]
    [InlineData(80, 80, 11)]
    [InlineData(80, 443, 0)]
    [InlineData(80, 443, 3)]
    public void A_later_scan_of_ten_packets_leaves_three_samples_whatever_its_source_sent_before(int before, int after, int minutes) =>
        Gen.OneOf(Gen.Int[0, 10], Gen.Int[0, 3000]).Sample(
            earlier =>
            {
                var source = Address.Parse("203.0.113.5");
                var start = minutes * Hour / 60;
                var frames = Enumerable.Range(0, earlier)
                    .Select(packet => ((long)packet, FrameBuilder.Tcp(source, Target(packet), 4000, before, 2)))
                    .Concat(Enumerable.Range(0, 10).Select(packet => (start + earlier + packet, FrameBuilder.Tcp(source, Target(packet), 4000, after, 2))));
                var kept = Run(frames);
                Assert.InRange(kept.Samples.Count(sample => sample.Port == after && sample.TimeMicros >= PacketGen.Start + start + earlier), 3, 10);
            },
            iter: 60);

    private static Address Target(int number) => Address.FromV4(0xC0000200u | ((uint)number & 0xFF));

    private static KeptSink Run(IEnumerable<(long After, byte[] Frame)> frames)
    {
        using var source = new FrameList([.. frames.Select(frame => (PacketGen.Start + frame.After, frame.Frame))]);
        return Runs.Over(source, null).Kept;
    }

    private static (TelescopeSummary Summary, KeptSink Kept) Run(IEnumerable<byte[]> frames, TelescopeOptions? options = null)
    {
        using var source = new FrameList([.. frames.Select((frame, index) => (PacketGen.Start + index, frame))]);
        return Runs.Over(source, options);
    }
}
