using System.Diagnostics;
using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Analyze.Tests.Measure;

/// <summary>Nanoseconds per FlowTuple on one core; run by hand, since a busy machine says nothing.</summary>
/// <remarks>
/// dotnet run -c Release --project tests/Kizashi.Analyze.Tests -- --explicit only --show-live-output on
/// </remarks>
public sealed class ScanMeasurement(ITestOutputHelper output)
{
    private const int Rows = 10_000_000;
    private const int RowsPerBatch = 500_000;
    private const int RowsPerSecond = 1_000_000;

    [Theory(Explicit = true)]
    [InlineData(2_000, 1, false)]
    [InlineData(1_000_000, 1, false)]
    [InlineData(1_000_000, 10, false)]
    [InlineData(5_000_000, 1, false)]
    [InlineData(5_000_000, 10, false)]
    [InlineData(1_000_000, 1, true)]
    public void Nanoseconds_per_row(int sources, int packetsPerRow, bool everyRowIsAnEvent)
    {
        var options = Traffic.Options with { Dark = new PrefixSet([Prefix.Parse("44.0.0.0/16")]) };
        var analyzers = AnalyzerSet.Create(options, SensorDouble.Name, 1);
        var random = new Random(1);
        var spent = new long[analyzers.Count];
        var rows = new FlowTuples<uint>(RowsPerBatch);
        var findings = new List<Finding>();
        for (var done = 0; done < Rows; done += RowsPerBatch)
        {
            Fill(rows, random, sources, (uint)packetsPerRow, everyRowIsAnEvent, done);
            var batch = Batch(rows, done);
            for (var number = 0; number < analyzers.Count; number++)
            {
                var before = Stopwatch.GetTimestamp();
                analyzers[number].Observe(batch);
                analyzers[number].Advance(batch.WatermarkMillis, findings);
                spent[number] += Stopwatch.GetTimestamp() - before;
            }
        }

        foreach (var (number, analyzer) in analyzers.Index())
            output.WriteLine($"{analyzer.Name}: {spent[number] * 1e9 / Stopwatch.Frequency / Rows:0.0} ns per row");

        Keep(analyzers);
    }

    private void Keep(IReadOnlyList<IAnalyzer> analyzers)
    {
        using var state = new MemoryStream();
        var before = Stopwatch.GetTimestamp();
        foreach (var analyzer in analyzers)
            analyzer.Save(state);

        output.WriteLine($"save: {Stopwatch.GetElapsedTime(before).TotalMilliseconds:0} ms, {state.Length >> 20} MB");
        state.Position = 0;
        before = Stopwatch.GetTimestamp();
        foreach (var analyzer in analyzers)
            analyzer.Load(state);

        output.WriteLine($"load: {Stopwatch.GetElapsedTime(before).TotalMilliseconds:0} ms");
        before = Stopwatch.GetTimestamp();
        foreach (var analyzer in analyzers)
            analyzer.Finish([]);

        output.WriteLine($"finish: {Stopwatch.GetElapsedTime(before).TotalMilliseconds:0} ms");
    }

    private static ObservationBatch Batch(FlowTuples<uint> rows, int done)
    {
        var millis = Traffic.Start + (done * 1000L / RowsPerSecond);
        return new ObservationBatch
        {
            Id = BatchId.From(1, done, 0),
            Sensor = SensorDouble.Name,
            Shard = 0,
            Shards = 1,
            FromMillis = millis,
            WatermarkMillis = millis,
            V4 = rows,
            Health = new SensorHealth { Packets = rows.Count },
        };
    }

    // Background radiation: each source asks a few addresses for one port again and again; few of them become scans.
    private static void Fill(FlowTuples<uint> rows, Random random, int sources, uint packets, bool everyRowIsAnEvent,
        int done)
    {
        rows.Count = RowsPerBatch;
        for (var at = 0; at < RowsPerBatch; at++)
        {
            var source = random.Next(sources);
            var millis = Traffic.Start + ((done + at) * 1000L / RowsPerSecond);
            rows.Slot[at] = (uint)(millis / 10_000 * 10);
            rows.First[at] = rows.Last[at] = (ushort)(millis % 10_000);
            rows.Source[at] = (uint)source * 2_654_435_761u;
            rows.Destination[at] = 0x2C000000u | (((uint)source + (uint)random.Next(5)) & 0xFFFF);
            rows.SourcePort[at] = (ushort)random.Next(65_536);
            rows.DestinationPort[at] = everyRowIsAnEvent ? (ushort)random.Next(65_536) : (ushort)(23 + (source & 7));
            rows.Protocol[at] = 6;
            rows.TcpFlags[at] = 2;
            rows.Marks[at] = (source & 15) == 0 ? PacketMarks.Mirai : PacketMarks.None;
            rows.Packets[at] = packets;
        }
    }
}
