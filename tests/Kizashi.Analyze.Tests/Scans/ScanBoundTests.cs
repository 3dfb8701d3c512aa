using Kizashi.Analyze.Scans;
using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Findings;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Scans;

public sealed class ScanBoundTests
{
    [Fact]
    public void A_flood_of_forged_sources_does_not_push_out_a_scan()
    {
        var options = Traffic.Options with { Scans = new ScanOptions { MaxEvents = 2048 } };
        var scan = Traffic.Sweep(200, 0, 199_000, (number, millis) => Traffic.Syn(0, number, millis)).ToArray();
        var flood = Enumerable.Range(1, 50_000).Select(source => Traffic.Syn(source, source, 20_000 + (source * 3L)));
        var run = new AnalyzerRun(options, 1)
            .Take(new SensorDouble(1, 1, mostPerBatch: 3000).Deliver(scan.Concat(flood))).Finish();

        Assert.Equal(
            ScanComparison.Sort(ReferenceScans.Find(scan, Traffic.DarkAddresses)),
            ScanComparison.ToReference(run.Ended<ScanFinding>()));
    }

    [Fact]
    public void What_a_full_table_costs_is_among_the_losses()
    {
        var analyzer = AnalyzerSet.Create(Traffic.Options with { Scans = new ScanOptions { MaxEvents = 2048 } }, SensorDouble.Name, 1)
            .Single(analyzer => analyzer.Name == "scans");
        Assert.All(analyzer.Losses, loss => Assert.Equal(0, loss.Count));

        var flood = Enumerable.Range(1, 20_000).Select(source => Traffic.Syn(source, source, source));
        foreach (var (batches, _) in new SensorDouble(1, 1, mostPerBatch: 3000).Deliver(flood))
        {
            foreach (var batch in batches)
                analyzer.Observe(batch);
        }

        Assert.True(analyzer.Losses.Single(loss => loss.Reason == "evicted").Count >= 20_000 - 2048);
    }

    [Fact]
    public void Destinations_past_the_memory_bound_are_a_lower_bound_and_said_to_be()
    {
        var options = Traffic.Options with
        {
            Dark = new([Core.Addresses.Prefix.Parse("10.0.0.0/8")]),
            Scans = new ScanOptions { MaxDestinationBytes = 1 << 16 },
        };
        var packets = Enumerable.Range(0, 60_000).Select(number => Traffic.Syn(1, 0, number) with
        {
            Destination = Core.Addresses.Address.FromV4(0x0A000000u + (uint)number),
        });
        var run = new AnalyzerRun(options, 1).Take(new SensorDouble(1, 1, mostPerBatch: 3000).Deliver(packets))
            .Finish();

        var scan = run.Ended<ScanFinding>().Single();
        Assert.False(scan.DestinationsExact);
        Assert.InRange(scan.Destinations, 48_000, 60_000);
        Assert.Equal(60_000, scan.Packets);
    }

    [Fact]
    public void All_faults_of_options_are_told_at_once()
    {
        var options = Traffic.Options with
        {
            Scans = new ScanOptions { MinDestinations = 0, ReportGrowth = 0.5 },
            Gaps = new() { LossShare = 2 },
        };

        Assert.Equal(3, options.Faults().Count);
        var refused = Assert.Throws<ArgumentException>(() => AnalyzerSet.Create(options, "a", 1));
        Assert.All(options.Faults(), fault => Assert.Contains(fault, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_dark_prefix_nothing_fails()
    {
        var sweep = Traffic.Sweep(20, 0, 1000, (number, millis) => Traffic.Syn(1, number, millis));
        var run = new AnalyzerRun(Traffic.Options with { Dark = Core.Addresses.PrefixSet.Empty })
            .Take(new SensorDouble(1).Deliver(sweep))
            .Finish();

        var scan = run.Ended<ScanFinding>().Single();
        Assert.Equal((20L, null, null), (scan.Destinations, scan.Coverage, scan.InternetWideRate));
    }
}
