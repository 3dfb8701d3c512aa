using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Scans;

public sealed class ScanThresholdTests
{
    // 2^23 dark addresses: one packet stands for 512, so 10 packets/s are 10 packets in 512 s.
    private static readonly AnalyzeOptions Wide =
        Traffic.Options with { Dark = new PrefixSet([Prefix.Parse("10.0.0.0/9")]) };

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(11, 1)]
    public void Ten_destinations_are_a_scan_and_nine_are_none(int destinations, int scans)
    {
        Assert.Equal(scans,
            Scans(Traffic.Sweep(destinations, 0, 5000, (number, millis) => Traffic.Syn(1, number, millis))).Count);
        Assert.Equal(scans,
            Scans(Traffic.Sweep(destinations, 0, 5000, (number, millis) => Traffic.SynV6(1, number, millis))).Count);
    }

    [Fact]
    public void More_packets_to_nine_destinations_are_still_no_scan() =>
        Assert.Empty(Scans(Traffic.Sweep(900, 0, 5000, (number, millis) => Traffic.Syn(1, number % 9, millis))));

    [Theory]
    [InlineData(624_000, 1)]
    [InlineData(624_001, 0)]
    public void A_silence_of_624_s_is_survived_and_a_millisecond_more_is_not(long silence, int scans) =>
        Assert.Equal(scans, Scans(Halves(silence, Traffic.Syn)).Count);

    [Theory]
    [InlineData(3_600_000, 1)]
    [InlineData(3_600_001, 0)]
    public void A_silence_of_an_hour_is_survived_on_IPv6_and_a_millisecond_more_is_not(long silence, int scans) =>
        Assert.Equal(scans, Scans(Halves(silence, Traffic.SynV6)).Count);

    [Theory]
    [InlineData(511_000, 10, 1)]
    [InlineData(512_000, 10, 1)]
    [InlineData(512_001, 10, 0)]
    [InlineData(513_000, 10, 0)]
    [InlineData(563_200, 11, 1)]
    [InlineData(563_201, 11, 0)]
    [InlineData(563_201, 12, 1)]
    public void Ten_packets_a_second_over_the_Internet_are_a_scan_and_a_hair_less_is_none(long millis, int packets,
        int scans)
    {
        var sweep = Traffic.Sweep(packets, 0, millis, (number, time) => Traffic.Syn(1, 0, time) with
        {
            Destination = Address.FromV4(0x0A000000u + (uint)number),
        });

        Assert.Equal(scans, Scans(sweep, Wide).Count);
    }

    [Fact]
    public void IPv6_has_no_rate() =>
        Assert.Single(Scans(Traffic.Sweep(10, 0, 9 * 3_600_000L, (number, millis) =>
            Traffic.SynV6(1, number, millis)), Wide));

    [Fact]
    public void A_burst_shorter_than_a_second_counts_as_one_second()
    {
        var scan = Assert.Single(Scans(Traffic.Sweep(10, 0, 9, (number, millis) => Traffic.Syn(1, number, millis))));

        Assert.Equal(10 * 4294967296.0 / Traffic.DarkAddresses, scan.InternetWideRate!.Value, 3);
    }

    [Theory]
    [InlineData(99, 0, false)]
    [InlineData(100, 0, true)]
    [InlineData(100, 480_000, true)]
    [InlineData(100, 480_001, false)]
    public void Durumeric_needs_a_hundred_destinations_without_a_silence_of_more_than_480_s(int destinations,
        long silence, bool expected)
    {
        var scan = Assert.Single(Scans(Traffic.Sweep(destinations, 0, 99, (number, millis) =>
            Traffic.Syn(1, number, number < destinations / 2 ? millis : millis + Math.Max(0, silence - 1)))));

        Assert.Equal(expected, scan.IsDurumeric);
        Assert.Equal(destinations, scan.Destinations);
    }

    [Theory]
    [InlineData(18)]
    [InlineData(4)]
    [InlineData(20)]
    public void Answers_are_no_scan(byte flags) =>
        Assert.Empty(Scans(Traffic.Sweep(50, 0, 5000, (number, millis) =>
            Traffic.Syn(1, number, millis) with { TcpFlags = flags })));

    [Fact]
    public void What_the_sensor_marked_as_backscatter_is_no_scan() =>
        Assert.Empty(Scans(Traffic.Sweep(50, 0, 5000, (number, millis) =>
            Traffic.Syn(1, number, millis) with { Marks = PacketMarks.Backscatter })));

    [Theory]
    [InlineData(2, "tcp-syn")]
    [InlineData(16, "tcp-ack")]
    [InlineData(1, "tcp-fin")]
    [InlineData(0, "tcp-null")]
    [InlineData(41, "tcp-xmas")]
    [InlineData(24, "tcp-other")]
    public void The_traffic_type_says_how_it_was_scanned(byte flags, string type) =>
        Assert.Equal(type, Assert.Single(Scans(Traffic.Sweep(12, 0, 5000, (number, millis) =>
            Traffic.Syn(1, number, millis) with { TcpFlags = flags }))).TrafficType);

    [Fact]
    public void Other_flags_of_more_than_one_kind_are_tcp_other() =>
        Assert.Equal("tcp-other", Assert.Single(Scans(Traffic.Sweep(12, 0, 5000, (number, millis) =>
            Traffic.Syn(1, number, millis) with { TcpFlags = (byte)(number % 2) }))).TrafficType);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void A_tool_is_named_from_its_second_packet_on(int packets, bool named)
    {
        var scan = Assert.Single(Scans(Traffic.Sweep(12, 0, 5000, (number, millis) =>
            Traffic.Syn(1, number, millis) with { Marks = number < packets ? PacketMarks.Mirai : PacketMarks.None })));

        Assert.Equal(named ? ["mirai"] : [], scan.Tools);
    }

    [Fact]
    public void Coverage_and_score_say_how_much_was_reached()
    {
        var scan =
            Assert.Single(Scans(Traffic.Sweep(256, 0, 5000, (number, millis) => Traffic.Syn(1, number, millis))));

        Assert.Equal(0.5, scan.Coverage);
        Assert.Equal(25.6, scan.Score, 3);
    }

    [Fact]
    public void The_same_event_has_the_same_id_in_any_run_and_another_at_another_sensor()
    {
        var packets = Traffic.Sweep(20, 0, 5000, (number, millis) => Traffic.Syn(1, number, millis)).ToArray();
        var elsewhere = AnalyzerSet.Create(Traffic.Options, "telescope-2", 1);
        var findings = new List<Finding>();
        foreach (var (batches, _) in new SensorDouble(3, 1).Deliver(packets))
            elsewhere[0].Observe(batches[0]);

        elsewhere[0].Finish(findings);

        Assert.Equal(Assert.Single(Scans(packets)).EventId, Assert.Single(Scans(packets)).EventId);
        Assert.NotEqual(Assert.Single(Scans(packets)).EventId, findings.OfType<ScanFinding>().Single().EventId);
    }

    // Five destinations, a silence, five more.
    private static IEnumerable<DarkPacket> Halves(long silence, Func<int, int, long, ushort, DarkPacket> packet) =>
        Enumerable.Range(0, 10).Select(number => packet(1, number, number < 5 ? number : silence + number - 1, 23));

    private static List<ScanFinding> Scans(IEnumerable<DarkPacket> packets, AnalyzeOptions? options = null) =>
        [.. new AnalyzerRun(options ?? Traffic.Options).Take(new SensorDouble(1).Deliver(packets)).Finish()
            .Ended<ScanFinding>()];
}
