using Kizashi.Analyze.Scans;
using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Findings;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Scans;

public sealed class AggressiveScannerTests
{
    private const long Day = 86_400_000;

    // Few sources, so that the top is judged on small traffic too; 1 in 8 rounds up.
    private static readonly AnalyzeOptions Small =
        Traffic.Options with { Aggressive = new AggressiveOptions { MinSources = 5, Top = 0.125 } };
    private static readonly ReferenceThresholds SmallThresholds = new() { MinSources = 5, Top = 0.125 };

    [Theory]
    [InlineData(51, false)]
    [InlineData(52, true)]
    public void A_tenth_of_the_dark_addresses_in_one_event_is_aggressive_at_once(int destinations, bool aggressive)
    {
        var packets = Traffic.Sweep(destinations, 0, 5000, (number, millis) => Traffic.Syn(1, number, millis));
        var run = new AnalyzerRun(Traffic.Options).Take(new SensorDouble(1, toleranceMillis: 0).Deliver(packets));
        run.Advance(Traffic.Start + 6000);

        Assert.Equal(aggressive, run.Findings.OfType<AggressiveScannerFinding>().Any(finding => finding.ByCoverage));
    }

    [Fact]
    public void Exactly_the_scanners_of_the_slow_implementation_are_aggressive_over_several_days()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var packets = Traffic.Random(seed, 4000).Select(packet => packet with
            {
                Millis = packet.Millis + (random.Next(3) * Day / 2),
                DestinationPort = packet.Protocol is 6 or 17 ? (ushort)(packet.DestinationPort + random.Next(1, 8))
                    : (ushort)0,
            }).ToArray();
            var run = new AnalyzerRun(Small, 2).Take(new SensorDouble(seed, 2, 5000, 300).Deliver(packets)).Finish();

            Assert.Equal(
                ReferenceAggressiveScanners.Find(packets, Traffic.DarkAddresses, SmallThresholds),
                ToReference(run));
        }
    }

    [Theory]
    [InlineData(9_999, 0)]
    [InlineData(10_000, 1)]
    [InlineData(10_001, 2)]
    public void The_top_hundredth_of_a_percent_needs_ten_thousand_sources_and_rounds_up(int sources, int expected)
    {
        var packets = Enumerable.Range(0, sources).Select(source => Traffic.Syn(source, source, source * 10L))
            .Concat(Enumerable.Range(0, 3).SelectMany(source => Enumerable.Range(0, 5 - source).Select(number =>
                Traffic.Syn(source, 7, 200_000 + number, (ushort)(100 + number)))));
        var run = new AnalyzerRun(Traffic.Options).Take(new SensorDouble(1, mostPerBatch: 5000).Deliver(packets))
            .Finish();

        var aggressive = run.Ended<AggressiveScannerFinding>().ToArray();
        Assert.Equal(expected, aggressive.Count(finding => finding.ByPackets));
        Assert.Equal(expected, aggressive.Count(finding => finding.ByPorts));
        Assert.Equal(expected > 0, aggressive.Any(finding =>
            finding.Source == Traffic.Source(0) && finding is { ByPackets: true, ByPorts: true, Packets: 6 }));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void Who_cannot_be_told_apart_from_those_outside_the_top_is_not_in_it(int packets, int expected)
    {
        // The top is one of eight: two sources have two ports, so neither is in front unless one has more.
        var traffic = Enumerable.Range(0, 8).Select(source => Traffic.Syn(source, source, source * 10L))
            .Append(Traffic.Syn(5, 1, 300, 100))
            .Concat(Enumerable.Range(1, packets - 1).Select(port => Traffic.Syn(3, port, 200 + port, (ushort)(100 + port))));
        var aggressive = new AnalyzerRun(Small, 1).Take(new SensorDouble(1, 1, 0, 1).Deliver(traffic)).Finish()
            .Ended<AggressiveScannerFinding>().ToArray();

        Assert.Equal(expected, aggressive.Count(finding => finding.ByPorts && finding.Source == Traffic.Source(3)));
        Assert.Equal(expected, aggressive.Length);
    }

    [Fact]
    public void The_day_is_judged_when_it_is_over_not_when_the_capture_is()
    {
        var packets = Enumerable.Range(0, 8).Select(source => Traffic.Syn(source, source, source * 10L))
            .Append(Traffic.Syn(3, 1, 100))
            .Append(Traffic.Syn(1, 1, (17 * 3_600_000L) + 5_000));
        var run = new AnalyzerRun(Small, 1).Take(new SensorDouble(1, 1, 0, 1).Deliver(packets));

        var finding = Assert.Single(run.Findings.OfType<AggressiveScannerFinding>());
        Assert.Equal(new DateOnly(2026, 11, 23), finding.Day);
        Assert.Equal((Traffic.Source(3), 2L, FindingState.Ended), (finding.Source, finding.Packets, finding.State));
    }

    [Fact]
    public void More_sources_than_fit_are_estimated_and_said_to_be()
    {
        var options =
            Traffic.Options with { Aggressive = new AggressiveOptions { MaxSources = 1024, MinSources = 1000 } };
        var packets = Enumerable.Range(0, 20_000).Select(source => Traffic.Syn(source, source, source * 10L))
            .Concat(Enumerable.Range(0, 3000).Select(number => Traffic.Syn(77, number % 5, 150_000 + (number * 10L))));
        var run = new AnalyzerRun(options, 1).Take(new SensorDouble(1, 1, mostPerBatch: 5000).Deliver(packets))
            .Finish();

        var top = run.Ended<AggressiveScannerFinding>().Where(finding => finding.ByPackets)
            .MaxBy(finding => finding.Packets)!;
        Assert.Equal(Traffic.Source(77), top.Source);
        Assert.False(top.IsExact);
        Assert.InRange(top.Packets, 3001, 3050);
    }

    private static List<ReferenceAggressiveScanner> ToReference(AnalyzerRun run) =>
    [
        .. run.Ended<AggressiveScannerFinding>()
            .GroupBy(finding => finding.EventId)
            .Select(versions => versions.Last())
            .Select(finding => new ReferenceAggressiveScanner(
                finding.Day, finding.Source, finding.ByCoverage, finding.ByPackets, finding.ByPorts, finding.Packets,
                    finding.Ports))
            .OrderBy(scanner => scanner.Day)
            .ThenBy(scanner => scanner.Source),
    ];
}
