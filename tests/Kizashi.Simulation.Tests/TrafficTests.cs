using Kizashi.Core.Addresses;
using Kizashi.Simulation.Addressing;
using Kizashi.Simulation.Scenarios;
using Kizashi.Wire;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Simulation.Tests;

public sealed class TrafficTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("demo", LinkType.Raw)]
    [InlineData("demo", LinkType.Ethernet)]
    [InlineData("ipv6", LinkType.Raw)]
    public void Every_packet_decodes_with_right_checksums_and_goes_from_the_plan_to_the_darknet(string preset, LinkType link)
    {
        var scenario = Scenario.Preset(preset, Start) with { Duration = TimeSpan.FromHours(3.5) };
        using var source = new SimulationSource(scenario, link: link);
        var plan = new PrefixSet(AddressPlan.Create(scenario.Seed).Networks.Select(network => network.Prefix));
        var (dark, own) = (new PrefixSet(scenario.Dark), new PrefixSet(scenario.Own));
        var block = new FrameBlock();
        var headers = Array.Empty<PacketHeader>();
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
            PacketDecoder.DecodeBlock(block, ref headers);
            for (var i = 0; i < block.Count; i++)
            {
                Assert.Equal(DecodeStatus.Ok, headers[i].Status);
                var ip = block.Data.AsSpan(headers[i].IpOffset, headers[i].Length);
                Assert.True(AreChecksumsRight(ip));
                var seen = Seen.Read(0, ip);
                Assert.True(dark.Contains(seen.Destination));
                Assert.True(plan.Contains(seen.Source) || own.Contains(seen.Source));
            }
        }
    }

    [Fact]
    public void Background_comes_at_one_packet_per_address_in_thirteen_seconds()
    {
        var scenario = Only(new BackgroundRadiation()) with { Duration = TimeSpan.FromHours(2) };
        var expected = 1024 / 13.0 * 7200;

        // Four standard deviations of a Poisson number.
        Assert.Equal(expected, Run.Of(scenario).Packets.Count, 4 * Math.Sqrt(expected));
    }

    [Fact]
    public void Most_sources_send_one_packet_and_few_send_most()
    {
        var counts = Run.Of(Only(new BackgroundRadiation()) with { Duration = TimeSpan.FromHours(3) })
            .Packets.CountBy(packet => packet.Source).Select(source => source.Value).OrderDescending().ToArray();

        Assert.True(counts.Count(count => count == 1) > counts.Length * 0.4);
        Assert.True(counts.Take(counts.Length / 100).Sum() > counts.Sum() * 0.15);
        // Hill's estimate of the tail index of P(N >= n) = n^-1.1; senders still at work at the end make it a little larger.
        var tail = counts.Take(counts.Length / 20).ToArray();
        var hill = 1 / tail.Average(count => Math.Log((double)count / tail[^1]));
        Assert.InRange(hill, 0.8, 1.8);
    }

    [Fact]
    public void Ports_are_those_of_real_darknets_telnet_first()
    {
        var ports = Run.Of(Only(new BackgroundRadiation()) with { Duration = TimeSpan.FromHours(1) })
            .Packets.CountBy(packet => (packet.Protocol, packet.DestinationPort)).OrderByDescending(port => port.Value).ToArray();

        Assert.Equal(((byte)6, (ushort)23), ports[0].Key);
        Assert.Contains(ports, port => port.Key == ((byte)6, (ushort)5555));
        Assert.Contains(ports, port => port.Key == ((byte)17, (ushort)1900));
        Assert.Contains(ports, port => port.Key.Protocol == 1);
    }

    [Fact]
    public void An_outbreak_follows_the_SI_curve()
    {
        var outbreak = new Outbreak { Ports = ["tcp/5555"], Population = 2_000, Seeds = 10, GrowthPerHour = 1.5, PacketsPerSecond = 200_000 };
        var run = Run.Of(Only(outbreak) with { Duration = TimeSpan.FromHours(8) });

        Assert.All(run.Packets, packet => Assert.Equal(5555, packet.DestinationPort));
        for (var hour = 0; hour < 8; hour++)
        {
            var seen = run.Packets.Where(packet => (packet.Time / 1000) - Start.ToUnixTimeMilliseconds() is var at && at >= hour * 3_600_000L && at < (hour + 1) * 3_600_000L).ToArray();
            // The integral of the curve: N/r ln of the ratio of its denominators' growth.
            var expected = Enumerable.Range(0, 3600).Sum(second => outbreak.InfectedAfter(hour + ((second + 0.5) / 3600))) * 200_000 * 1024 / 4294967296.0;
            Assert.Equal(expected, seen.Length, (4 * Math.Sqrt(expected)) + (0.02 * expected));
            Assert.True(seen.Select(packet => packet.Source).Distinct().Count() <= Math.Ceiling(outbreak.InfectedAfter(hour + 1)) + 1);
        }
    }

    [Theory]
    [InlineData(ScanTool.ZMap)]
    [InlineData(ScanTool.Masscan)]
    [InlineData(ScanTool.Mirai)]
    [InlineData(ScanTool.Unicornscan)]
    [InlineData(ScanTool.Plain)]
    public void Tools_leave_their_own_fingerprint_and_no_other(ScanTool tool)
    {
        var survey = new SurveyScanner { Tool = tool, Ports = ["tcp/443"], Sources = 2, Period = TimeSpan.FromHours(1) };
        var packets = Run.Of(Only(survey) with { Duration = TimeSpan.FromHours(1) }).Packets;

        Assert.NotEmpty(packets);
        Assert.All(packets, packet => Assert.Equal(tool == ScanTool.ZMap, packet.IpId == 54321));
        Assert.All(packets, packet => Assert.Equal(tool == ScanTool.Mirai, packet.Sequence == packet.Destination.V4));
        if (tool is ScanTool.Masscan or ScanTool.Plain)
            Assert.All(packets, packet => Assert.Equal(tool == ScanTool.Masscan, packet.IpId == (ushort)(packet.Destination.V4 ^ 443 ^ packet.Sequence)));

        if (tool != ScanTool.Unicornscan)
            return;

        var keys = packets.GroupBy(packet => packet.Source, KeyOf);
        Assert.All(keys, source => Assert.Single(source.Distinct()));

        static uint KeyOf(Seen packet) => packet.Sequence
            ^ System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(packet.Destination.V4)
            ^ (((uint)packet.DestinationPort << 16) + packet.SourcePort);
    }

    [Fact]
    public void Mirai_bots_try_23_nine_times_as_often_as_2323()
    {
        var packets = Run.Of(Only(new MiraiScanning { PacketsPerSecond = 2_000 }) with { Duration = TimeSpan.FromHours(2) }).Packets;
        var share = packets.Count(packet => packet.DestinationPort == 23) / (double)packets.Count;

        Assert.True(packets.Count > 20_000);
        Assert.Equal(0.9, share, 0.01);
        Assert.All(packets, packet => Assert.Equal(packet.Destination.V4, packet.Sequence));
        Assert.True(packets.Select(packet => packet.Source).Distinct().Count() > 5_000);
    }

    [Theory]
    [InlineData(24, 70, false)]
    [InlineData(36, 59, false)]
    [InlineData(36, 62, true)]
    [InlineData(60, 300, false)]
    public void Attacks_at_the_edges_of_the_rule_are_told_apart(int packets, int seconds, bool attack)
    {
        var dos = new DosBackscatter { Packets = packets, Length = TimeSpan.FromSeconds(seconds) };
        var truth = Assert.Single(Run.Of(Only(dos) with { Duration = TimeSpan.FromMinutes(10) }).Truth.Events);

        Assert.Equal(packets, truth.Packets);
        Assert.Equal(attack ? "darknet.dos-victim" : null, truth.ExpectedAlert);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void A_survey_of_ten_addresses_is_a_scan_and_of_nine_is_none(int targets, bool scan)
    {
        foreach (var v6 in (bool[])[false, true])
        {
            var survey = new SurveyScanner { V6 = v6, Ports = ["tcp/22"], Targets = targets, Period = TimeSpan.FromHours(5) };
            var truth = Run.Of(Only(survey) with { Duration = TimeSpan.FromHours(2) }).Truth.Events;

            Assert.Equal(scan, truth.Any(truth => truth.ExpectedAlert == "darknet.scan"));
        }
    }

    [Fact]
    public void A_slow_scan_of_a_large_darknet_needs_ten_packets_a_second_of_the_whole_Internet()
    {
        // 2^21 addresses: 2,048 times the packets; ten a second are one in 204.8 s here.
        foreach (var (minutes, scan) in ((int, bool)[])[(40, true), (90, false)])
        {
            var survey = new SurveyScanner { Ports = ["tcp/22"], Targets = 12, Sweep = TimeSpan.FromMinutes(minutes), Period = TimeSpan.FromHours(9) };
            var scenario = Only(survey) with { Dark = [Prefix.Parse("10.0.0.0/11")], Duration = TimeSpan.FromHours(3) };

            Assert.Equal(scan, Run.Of(scenario).Truth.Events.Any(truth => truth.ExpectedAlert == "darknet.scan"));
        }
    }

    private static Scenario Only(TrafficComponent component) => new()
    {
        Seed = 21,
        Dark = [Prefix.Parse("198.18.0.0/22"), Prefix.Parse("2001:db8:da00::/48")],
        Start = Start,
        Components = [component],
    };

    private static bool AreChecksumsRight(ReadOnlySpan<byte> ip)
    {
        var v6 = ip[0] >> 4 == 6;
        if (!v6 && Sum(ip[..20]) != 0xFFFF)
            return false;

        var transport = ip[(v6 ? 40 : 20)..];
        var protocol = v6 ? ip[6] : ip[9];
        var pseudo = protocol == 1 ? 0 : Sum(v6 ? ip.Slice(8, 32) : ip.Slice(12, 8)) + protocol + transport.Length;
        return Fold(pseudo + Sum(transport)) == 0xFFFF;
    }

    private static int Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        for (var i = 0; i < bytes.Length; i++)
            sum = Fold(sum + (i % 2 == 0 ? bytes[i] << 8 : bytes[i]));

        return sum;
    }

    private static int Fold(int sum)
    {
        while (sum > 0xFFFF)
            sum = (sum & 0xFFFF) + (sum >> 16);

        return sum;
    }
}
