using System.IO.Hashing;
using Kizashi.Simulation.Scenarios;
using Kizashi.Wire.Capture;

namespace Kizashi.Simulation.Tests;

public sealed class SimulationSourceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_gives_others()
    {
        Assert.Equal(Digest(seed: 1), Digest(seed: 1));
        Assert.NotEqual(Digest(seed: 1).Bytes, Digest(seed: 2).Bytes);
    }

    [Fact]
    public void Shorter_blocks_hold_the_same_packets()
    {
        var coarse = Digest(seed: 4);
        var fine = Digest(seed: 4, TimeSpan.FromMilliseconds(50));

        Assert.Equal(coarse.Bytes, fine.Bytes);
        Assert.True(fine.Blocks > coarse.Blocks * 2);
    }

    [Theory]
    [InlineData(LinkType.Raw)]
    [InlineData(LinkType.Ethernet)]
    public void Packets_come_in_the_order_of_time_within_the_scenario(LinkType link)
    {
        var scenario = Scenario.Preset("demo", Start) with { Duration = TimeSpan.FromHours(2) };
        using var source = new SimulationSource(scenario, link: link);
        var block = new FrameBlock();
        var last = scenario.Start.ToUnixTimeMilliseconds() * 1000;
        long packets = 0;
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
            Assert.Equal(packets, block.Position);
            Assert.Equal(link, block.Link);
            for (var i = 0; i < block.Count; i++)
            {
                Assert.True(block.TimeMicros[i] >= last);
                last = block.TimeMicros[i];
            }

            packets += block.Count;
        }

        Assert.True(last < scenario.End.ToUnixTimeMilliseconds() * 1000);
        Assert.Equal(source.Packets, packets);
        Assert.Equal(1, source.Progress);
    }

    [Fact]
    public void Nothing_is_heard_in_an_outage()
    {
        var scenario = Scenario.Preset("quiet", Start) with
        {
            Duration = TimeSpan.FromHours(1),
            Outages = [new SensorOutage(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20))],
        };
        var minutes = Run.Of(scenario).Packets.Select(packet => (packet.Time / 1000) - Start.ToUnixTimeMilliseconds());

        Assert.DoesNotContain(minutes, millis => millis is >= 600_000 and < 1_800_000);
        Assert.Contains(minutes, millis => millis is >= 599_000 and < 600_000);
        Assert.Contains(minutes, millis => millis is >= 1_800_000 and < 1_801_000);
    }

    private static (UInt128 Bytes, UInt128 Content, int Blocks) Digest(ulong seed, TimeSpan? span = null)
    {
        var scenario = Scenario.Preset("demo", Start, seed) with { Duration = TimeSpan.FromMinutes(90) };
        using var source = new SimulationSource(scenario);
        if (span is { } length)
            source.BlockSpan = length;

        var block = new FrameBlock();
        var hash = new XxHash128();
        var blocks = 0;
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
            blocks++;
            for (var i = 0; i < block.Count; i++)
            {
                hash.Append(BitConverter.GetBytes(block.TimeMicros[i]));
                hash.Append(block.Frame(i));
            }
        }

        return (hash.GetCurrentHashAsUInt128(), block.ContentHash, blocks);
    }
}
