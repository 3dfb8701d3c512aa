using CsCheck;
using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Findings;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Scans;

public sealed class ScanReferenceTests
{
    [Fact]
    public void Exactly_the_scans_of_the_slow_implementation_are_found_whatever_the_order_and_the_batches() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 3], Gen.Int[0, 12_000], Gen.Int[1, 400]).Sample(
            (seed, shards, tolerance, perBatch) =>
            {
                var packets = Traffic.Random(seed, 3000);
                var run = new AnalyzerRun(Traffic.Options, shards)
                    .Take(new SensorDouble(seed, shards, tolerance, perBatch).Deliver(packets))
                    .Finish();

                Assert.Equal(
                    ScanComparison.Sort(ReferenceScans.Find(packets, Traffic.DarkAddresses)),
                    ScanComparison.ToReference(run.Ended<ScanFinding>()));
            },
            iter: 40);

    [Fact]
    public void The_whole_traffic_in_one_batch_gives_the_same_scans()
    {
        var packets = Traffic.Random(7, 5000);
        var run = new AnalyzerRun(Traffic.Options, 1)
            .Take(new SensorDouble(7, 1, toleranceMillis: 0, mostPerBatch: int.MaxValue - 1).Deliver(packets))
            .Finish();

        Assert.NotEmpty(run.Ended<ScanFinding>());
        Assert.Equal(
            ScanComparison.Sort(ReferenceScans.Find(packets, Traffic.DarkAddresses)),
            ScanComparison.ToReference(run.Ended<ScanFinding>()));
    }
}
