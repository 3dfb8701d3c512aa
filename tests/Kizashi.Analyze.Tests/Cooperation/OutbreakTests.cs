using System.Text.Json;
using Kizashi.Analyze.Cooperation;
using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Cooperation;

public sealed class OutbreakTests
{
    private const long End = 4 * Crowd.Hour;

    private static readonly (long From, long To) Late = (3 * Crowd.Hour, End);

    [Fact]
    public void Networks_that_begin_to_ask_the_same_port_are_an_outbreak_within_their_first_window()
    {
        var found = Outbreaks(Crowd.Usual(End), Crowd.Of(30, Late, 60, port: 5555, seed: 2));
        var first = found[0];
        Assert.Equal(["tcp/5555"], first.Ports);
        Assert.Equal("tcp/5555 2026-11-23", first.Campaign);
        Assert.Equal(Time(Late.From), first.FirstSeen);
        Assert.Equal(Time(Late.From + (10 * Crowd.Minute)), first.LastSeen);
        Assert.InRange(first.Groups, 28, 30);
        Assert.InRange(first.Hosts, 28, 32);
        Assert.Contains(EngineNames.Baseline, first.Votes.Select(vote => vote.Engine));
        Assert.Equal(FindingState.Ended, found[^1].State);
        Assert.Equal(1800, found[^1].Packets);
        Assert.Equal(1800, found[^1].Growth.Sum(point => point.Packets));
        Assert.Single(found.Select(outbreak => outbreak.EventId).Distinct());
        Assert.NotEmpty(first.Batches);
        Assert.Contains(Crowd.SourceOf(3, 2), first.Sources);
    }

    [Fact]
    public void Newcomers_on_a_busy_port_are_an_outbreak_though_the_port_is_never_quiet()
    {
        const long Long = 10 * Crowd.Hour;
        var busy = Crowd.Of(200, (0, Long + Crowd.Hour), 30, port: 23);
        var found = Outbreaks(busy, Crowd.Of(20, (Long, Long + Crowd.Hour), 60, port: 23, seed: 2));
        Assert.Equal(["tcp/23"], found[0].Ports);
        Assert.InRange((found[0].LastSeen - Time(Long)).TotalMinutes, 0, 20);
        Assert.InRange(found[0].Groups, 15, 25);
    }

    [Fact]
    public void What_always_went_on_is_none() =>
        Assert.Empty(Outbreaks(Crowd.Usual(End), Crowd.Of(30, (0, End), 60, port: 5555, seed: 2)));

    [Fact]
    public void Fourteen_networks_are_too_few() =>
        Assert.Empty(Outbreaks(Crowd.Usual(End), Crowd.Of(14, Late, 60, port: 5555, seed: 2)));

    [Fact]
    public void Many_hosts_of_one_network_are_none() =>
        Assert.Empty(Outbreaks(Crowd.Usual(End), Crowd.Of(40, Late, 60, port: 5555, seed: 2)
            .Select(packet => packet with { Source = Address.FromV4(0x2A2A0000u + (packet.Source.V4 >> 16)) })));

    [Fact]
    public void Hosts_that_all_ask_one_address_are_misconfigured_not_an_outbreak() =>
        Assert.Empty(Outbreaks(Crowd.Usual(End), Crowd.Of(40, Late, 60, port: 5555, seed: 2)
            .Select(packet => packet with { Destination = Traffic.DarkV4(9) })));

    [Theory]
    [InlineData(PacketMarks.Spoofed)]
    [InlineData(PacketMarks.Backscatter)]
    public void Forged_sources_and_answers_are_none(PacketMarks marks) =>
        Assert.Empty(Outbreaks(Crowd.Usual(End), Crowd.Of(40, Late, 60, port: 5555, seed: 2).WithMarks(marks)));

    [Theory]
    [InlineData(PacketMarks.ZMap)]
    [InlineData(PacketMarks.Masscan)]
    public void Surveys_are_none_unless_they_come_from_more_networks_than_surveys_have(PacketMarks marks)
    {
        Assert.Empty(Outbreaks(Crowd.Usual(End), Crowd.Of(28, Late, 60, port: 5555, seed: 2).WithMarks(marks)));
        var found = Outbreaks(Crowd.Usual(End), Crowd.Of(40, Late, 60, port: 5555, seed: 2).WithMarks(marks));
        Assert.Equal(["tcp/5555"], found[0].Ports);
        Assert.DoesNotContain(found[^1].Votes, vote => vote.Engine != EngineNames.Baseline);
    }

    [Fact]
    public void The_end_of_an_outage_of_many_hours_is_no_outbreak()
    {
        var packets = Crowd.Usual(14 * Crowd.Hour).Concat(Enumerable.Range(0, 6).SelectMany(port =>
            Crowd.Of(60, (0, 14 * Crowd.Hour), 24, port: (ushort)(7000 + port), seed: 3 + port)))
            .Where(packet => packet.Millis - Traffic.Start is < 6 * Crowd.Hour or > (11 * Crowd.Hour) + (7 * Crowd.Minute));
        Assert.Empty(Outbreaks(packets));
    }

    [Fact]
    public void A_botnet_with_one_window_is_seen_among_Mirai_bots_that_each_have_their_own()
    {
        var bots = Crowd.Of(300, (0, End), 30, port: 23).WithMarks(PacketMarks.Mirai)
            .Select(packet => packet with { SynWindow = (ushort)(1024 + (packet.Source.V4 >> 16)) });
        var others = Crowd.Of(25, Late, 60, port: 23).WithMarks(PacketMarks.Mirai)
            .Select(packet => packet with { SynWindow = 777 });
        var found = Outbreaks(Crowd.Usual(End), bots, others);
        Assert.Equal(["tcp/23"], found[0].Ports);
        Assert.Contains(found[^1].Shapes, shape => shape.EndsWith("window 777", StringComparison.Ordinal));
        Assert.Empty(Outbreaks(Crowd.Usual(End), bots));
    }

    [Fact]
    public void Malware_that_also_looks_like_a_survey_is_one() =>
        Assert.NotEmpty(Outbreaks(
            Crowd.Usual(End), Crowd.Of(40, Late, 60, port: 5555, seed: 2).WithMarks(PacketMarks.Mirai | PacketMarks.LargeScale)));

    [Fact]
    public void Known_scanners_are_left_out()
    {
        var options = Traffic.Options with { KnownScanners = new Surveys() };
        Assert.Empty(Outbreaks(options, Crowd.Usual(End), Crowd.Of(40, Late, 60, port: 5555, seed: 2)));
    }

    [Fact]
    public void The_end_of_a_gap_is_no_outbreak()
    {
        var packets = Crowd.Usual(6 * Crowd.Hour).Concat(Crowd.Of(60, (0, 6 * Crowd.Hour), 60, port: 5555, seed: 2))
            .Where(packet => packet.Millis - Traffic.Start is < 3 * Crowd.Hour or > 4 * Crowd.Hour);
        Assert.Empty(Outbreaks(packets));
    }

    [Fact]
    public void Minutes_that_come_twice_are_no_outbreak()
    {
        var packets = Crowd.Usual(End).Concat(Enumerable.Range(0, 6).SelectMany(port =>
            Crowd.Of(30, (0, End), 14, port: (ushort)(7000 + port), seed: 3 + port))).ToArray();
        var twice = packets.Where(packet => packet.Millis - Traffic.Start is >= 3 * Crowd.Hour and < (3 * Crowd.Hour) + (20 * Crowd.Minute));
        Assert.Empty(Outbreaks(packets.Concat(twice)));
    }

    [Fact]
    public void Where_only_a_part_of_the_networks_fits_an_outbreak_is_seen_by_that_part()
    {
        var small = Traffic.Options with { Outbreaks = new OutbreakOptions { MaxActivities = 1 << 10, MaxGroupPorts = 1 << 10, SlowEngines = false } };
        var found = Outbreaks(small, Crowd.Of(2_500, (0, End), 18), Crowd.Of(600, Late, 60, port: 5555, seed: 20));
        Assert.NotEmpty(found);
        Assert.Equal(["tcp/5555"], found[0].Ports);
        Assert.Contains("sampled", found[0].Conditions);
        Assert.InRange(found[0].Groups, 60, 400);
    }

    [Fact]
    public void An_outbreak_in_IPv6_is_seen_by_networks_of_48_bits()
    {
        var outbreak = Crowd.Of(40, Late, 60, port: 5555, seed: 2).Select(packet => packet with
        {
            Source = Address.FromV6(((UInt128)0x20010DB8 << 96) | ((UInt128)(packet.Source.V4 >> 16) << 80) | 1),
            Destination = Traffic.DarkV6((int)(packet.Destination.V4 & 255)),
        });
        var found = Outbreaks(Crowd.Usual(End), outbreak);
        Assert.Equal(["tcp/5555"], found[0].Ports);
        Assert.All(found[^1].Sources, source => Assert.False(source.IsV4));
    }

    [Fact]
    public void The_first_hour_only_teaches() =>
        Assert.Empty(Outbreaks(Crowd.Usual(Crowd.Hour), Crowd.Of(40, (30 * Crowd.Minute, 50 * Crowd.Minute), 60, port: 5555, seed: 2)));

    [Fact]
    public void Neither_shards_nor_batches_change_what_is_found()
    {
        var packets = Crowd.Usual(End).Concat(Crowd.Of(30, Late, 60, port: 5555, seed: 2)).ToArray();
        Assert.Equal(Texts(packets, shards: 1, most: 50), Texts(packets, shards: 5, most: 4000));
    }

    [Fact]
    public void Restarts_change_no_outbreak()
    {
        var packets = Crowd.Usual(End).Concat(Crowd.Of(30, Late, 60, port: 5555, seed: 2)).ToArray();
        var random = new Random(5);
        var (whole, broken) = (new AnalyzerRun(Traffic.Options), new AnalyzerRun(Traffic.Options));
        foreach (var (batches, watermark) in new SensorDouble(1).Deliver(packets))
        {
            whole.Observe(batches);
            broken.Observe(batches);
            if (random.Next(12) == 0)
                broken.Restart();

            whole.Advance(watermark);
            broken.Advance(watermark);
        }

        var expected = Texts(whole.Finish());
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Texts(broken.Finish()));
    }

    private static DateTimeOffset Time(long millis) => DateTimeOffset.FromUnixTimeMilliseconds(Traffic.Start + millis);

    private static List<OutbreakFinding> Outbreaks(params IEnumerable<DarkPacket>[] packets) => Outbreaks(Traffic.Options, packets);

    private static List<OutbreakFinding> Outbreaks(AnalyzeOptions options, params IEnumerable<DarkPacket>[] packets) =>
        [.. new AnalyzerRun(options).Take(new SensorDouble(1).Deliver(packets.SelectMany(part => part))).Finish()
            .Findings.OfType<OutbreakFinding>()];

    private static string[] Texts(DarkPacket[] packets, int shards, int most) => Texts(
        new AnalyzerRun(Traffic.Options, shards).Take(new SensorDouble(3, shards, 5000, most).Deliver(packets)).Finish());

    private static string[] Texts(AnalyzerRun run) =>
        [.. run.Findings.OfType<OutbreakFinding>().Select(finding => JsonSerializer.Serialize(finding with { Batches = [] }))];

    private sealed class Surveys : IKnownScanners
    {
        public string? NameOf(Address address) => address.V4 >> 24 >= 7 ? "Survey" : null;
    }
}
