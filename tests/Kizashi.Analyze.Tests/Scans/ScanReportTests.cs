using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Findings;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Scans;

public sealed class ScanReportTests
{
    [Fact]
    public void A_scan_is_told_when_it_begins_when_it_grows_by_half_and_when_it_ends()
    {
        var packets = Traffic.Sweep(200, 0, 199_000, (number, millis) => Traffic.Syn(1, number, millis));
        var run = new AnalyzerRun(Traffic.Options, 1).Take(new SensorDouble(1, 1, 0, 1).Deliver(packets));
        run.Advance(Traffic.Start + 199_000 + 624_000);
        Assert.DoesNotContain(run.Findings, finding => finding.State == FindingState.Ended);
        run.Advance(Traffic.Start + 199_000 + 624_001 + 10_000);

        // Grown by half each time; at 52 destinations it also covers a tenth of the dark addresses.
        Assert.Equal([10, 15, 23, 35, 52, 78, 117, 176, 200], run.Findings.OfType<ScanFinding>()
            .Select(scan => scan.Packets));
        Assert.Equal(FindingState.Ended, run.Findings.OfType<ScanFinding>().Last().State);
        Assert.Single(run.Findings.OfType<ScanFinding>().Select(finding => finding.EventId).Distinct());
    }

    [Fact]
    public void A_slow_scan_is_told_every_five_minutes()
    {
        var packets = Traffic.Sweep(400, 0, 1000, (number, millis) => Traffic.Syn(1, number, millis))
            .Concat(Traffic.Sweep(21, 60_000, 1_260_000, (number, millis) => Traffic.Syn(1, number, millis)));
        var run = new AnalyzerRun(Traffic.Options, 1).Take(new SensorDouble(1, 1, 0, 1).Deliver(packets));
        run.Advance(Traffic.Start + 1_261_000);

        var late = run.Findings.OfType<ScanFinding>().Where(scan => scan.Packets > 400)
            .Select(scan =>
                (long)(scan.LastSeen - DateTimeOffset.FromUnixTimeMilliseconds(Traffic.Start)).TotalSeconds);
        Assert.Equal([360, 660, 960, 1260], late);
    }

    [Fact]
    public void A_scan_whose_rate_sinks_below_the_definition_ends_below_one()
    {
        var wide = Traffic.Options with { Dark = new([Core.Addresses.Prefix.Parse("10.0.0.0/9")]) };
        var packets = Traffic.Sweep(10, 0, 9000, (number, millis) => Traffic.Syn(1, 0, millis) with
        {
            Destination = Core.Addresses.Address.FromV4(0x0A000000u + (uint)number),
        });
        var tail = Traffic.Sweep(2, 600_000, 1_200_000, (number, millis) => Traffic.Syn(1, 0, millis) with
        {
            Destination = Core.Addresses.Address.FromV4(0x0A000000u),
        });
        var run = new AnalyzerRun(wide, 1).Take(new SensorDouble(1, 1, 0, 1).Deliver(packets.Concat(tail))).Finish();

        Assert.True(run.Findings.OfType<ScanFinding>().First().Score >= 1);
        Assert.True(run.Findings.OfType<ScanFinding>().Last().Score < 1);
        Assert.Empty(ReferenceScans.Find([.. packets, .. tail], 1L << 23));
    }

    [Fact]
    public void Findings_name_the_batches_and_the_simulation()
    {
        var packets = Traffic.Sweep(400, 0, 200_000, (number, millis) => Traffic.Syn(1, number, millis));
        var sensor = new SensorDouble(1, 1, 0, 1) { Simulated = true };
        var run = new AnalyzerRun(Traffic.Options, 1).Take(sensor.Deliver(packets)).Finish();

        var scan = run.Ended<ScanFinding>().Single();
        Assert.True(scan.Simulated);
        Assert.Equal(5, scan.Batches.Count);
        Assert.All(scan.Batches, batch => Assert.Equal(32, batch.Length));
    }
}
