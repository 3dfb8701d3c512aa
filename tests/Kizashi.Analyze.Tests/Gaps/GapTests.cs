using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Gaps;

public sealed class GapTests
{
    [Theory]
    [InlineData(179_000, 0)]
    [InlineData(181_000, 1)]
    public void Three_minutes_of_silence_in_steady_traffic_are_a_gap(long silence, int gaps)
    {
        var packets = Steady(0, 1_800_000, 500).Concat(Steady(1_800_000 + silence, 2_400_000, 500));
        var run = new AnalyzerRun(Traffic.Options).Take(new SensorDouble(1).Deliver(packets)).Finish();

        var found = run.Ended<SensorGapFinding>().ToArray();
        Assert.Equal(gaps, found.Length);
        Assert.All(found, gap => Assert.Equal(silence, (gap.LastSeen - gap.FirstSeen).TotalMilliseconds, 600.0));
    }

    [Fact]
    public void A_silent_live_sensor_is_told_while_it_is_silent_and_again_when_it_is_heard()
    {
        var run = new AnalyzerRun(Traffic.Options, 1)
            .Take(new SensorDouble(1, 1, 0).Deliver(Steady(0, 1_800_000, 500)));
        run.Advance(Traffic.Start + 1_900_000);
        Assert.Empty(run.Findings.OfType<SensorGapFinding>());
        run.Advance(Traffic.Start + 2_000_000);
        Assert.Equal(FindingState.Ongoing, Assert.Single(run.Findings.OfType<SensorGapFinding>()).State);
        run.Take(new SensorDouble(2, 1, 0).Deliver(Steady(2_100_000, 2_200_000, 500)));
        run.Advance(Traffic.Start + 2_300_000);

        var gaps = run.Findings.OfType<SensorGapFinding>().ToArray();
        Assert.Equal([FindingState.Ongoing, FindingState.Ended], gaps.Select(gap => gap.State));
        Assert.Equal(gaps[0].EventId, gaps[1].EventId);
        Assert.Equal(Traffic.Start + 2_100_000, gaps[1].LastSeen.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Rare_packets_make_no_gaps_however_long_they_are_silent()
    {
        // As the 629 packets in 15 days of a real unsolicited capture: one in half an hour, some in bursts.
        var random = new Random(5);
        var packets = Enumerable.Range(0, 629)
            .Select(number => Traffic.Syn(1, number, (number / 3 * 6_000_000L) + random.Next(20_000_000)));
        var run = new AnalyzerRun(Traffic.Options).Take(new SensorDouble(1).Deliver(packets)).Finish();

        Assert.Empty(run.Findings.OfType<SensorGapFinding>());
    }

    [Fact]
    public void The_end_of_a_capture_is_no_gap() =>
        Assert.Empty(new AnalyzerRun(Traffic.Options).Take(new SensorDouble(1).Deliver(Steady(0, 1_800_000, 500)))
            .Finish()
            .Findings.OfType<SensorGapFinding>());

    [Theory]
    [InlineData(1000, 10, 0)]
    [InlineData(1000, 11, 1)]
    [InlineData(100, 9, 0)]
    public void More_than_one_in_a_hundred_packets_lost_in_a_minute_is_a_gap(long packets, long lost, int gaps)
    {
        var run = new AnalyzerRun(Traffic.Options, 1);
        for (var minute = 0; minute < 10; minute++)
            run.Observe([Health(minute, packets, minute is 4 or 5 ? lost : 0)]);

        run.Finish();
        Assert.Equal(gaps, run.Ended<SensorGapFinding>().Count());
        Assert.All(run.Ended<SensorGapFinding>(), gap => Assert.Equal(
            (2 * lost, TimeSpan.FromMinutes(2)), (gap.Lost, gap.LastSeen - gap.FirstSeen)));
    }

    private static ObservationBatch Health(int minute, long packets, long late) => new()
    {
        Id = BatchId.From(1, minute, 0),
        Sensor = SensorDouble.Name,
        Shard = 0,
        Shards = 1,
        FromMillis = 0,
        WatermarkMillis = Traffic.Start + (minute * 60_000L) + 30_000,
        Health = new SensorHealth { Packets = packets, Late = late },
    };

    private static IEnumerable<DarkPacket> Steady(long from, long to, long every)
    {
        for (var time = from; time < to; time += every)
            yield return Traffic.Syn((int)(time % 97), (int)(time % 211), time);
    }
}
