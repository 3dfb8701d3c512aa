using System.Globalization;
using Kizashi.Analyze;
using Kizashi.Analyze.Cooperation;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Observe.Telescope;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation.Tests;

/// <summary>Generator, telescope and analyzers held together: everything true is found, nothing is invented.</summary>
public sealed class DetectionTests
{
    private readonly TruthList _truth = new();

    [Theory]
    [InlineData("demo", 0, 24)]
    [InlineData("day", 20, 26)]
    [InlineData("dos", 20, 12)]
    [InlineData("outbreak", 6, 14)]
    [InlineData("ipv6", 0, 30)]
    public void Findings_are_exactly_the_truth(string preset, int startHour, int hours)
    {
        var start = new DateTimeOffset(2026, 11, 22, startHour, 0, 0, TimeSpan.Zero);
        var scenario = TruthTests.Thin(Scenario.Preset(preset, start, seed: 12) with { Duration = TimeSpan.FromHours(hours) });
        var sink = Detect(scenario);
        var findings = sink.Finish().GroupBy(finding => finding.EventId).Select(told => told.Last()).Where(finding => finding.Score >= 1).ToArray();

        Same(
            EventCatalog.DarknetScan,
            truth => Text(truth, $"{truth.Packets} {truth.TargetCount}"),
            findings.OfType<ScanFinding>().Select(scan => Text(scan.Source, scan, $"{scan.Packets} {scan.Destinations}")));
        Same(
            EventCatalog.DarknetDosVictim,
            truth => Text(truth, $"{truth.Packets}"),
            findings.OfType<DosVictimFinding>().Select(attack => Text(attack.Victim, attack, $"{attack.Packets}")));
        Same(
            EventCatalog.DarknetScannerAggressive,
            truth => $"{truth.Sources[0]} {DateOnly.FromDateTime(truth.Start.UtcDateTime):O}",
            findings.OfType<AggressiveScannerFinding>().Select(scanner => $"{scanner.Source} {scanner.Day:O}"));
        Same(
            EventCatalog.DarknetOwnHost,
            truth => truth.Sources[0].ToString(),
            findings.OfType<OwnHostFinding>().Select(own => own.Host.ToString()).Distinct());
        Assert.Equal(
            _truth.Events.Count(truth => truth.ExpectedAlert == EventCatalog.SensorGap),
            findings.OfType<SensorGapFinding>().Count());
    }

    [Theory]
    [InlineData("demo", 24)]
    [InlineData("dos", 6)]
    [InlineData("ipv6", 24)]
    public void Every_finding_of_three_packets_has_three_samples(string preset, int hours)
    {
        var start = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        var sink = Detect(Scenario.Preset(preset, start, seed: 1) with { Duration = TimeSpan.FromHours(hours) });
        var findings = sink.Finish().GroupBy(finding => finding.EventId).Select(told => told.Last()).Where(finding => finding.Score >= 1);
        var lacking = findings.Select(finding => (finding.EventId, Expected: SubjectOf(finding), Finding: finding))
            .Where(found => found.Expected.Subject is { } subject
                && sink.CountSamples(subject, found.Finding) < Math.Min(3, found.Expected.Packets));
        Assert.Empty(lacking.Select(found => found.Finding));
    }

    private static (Address? Subject, long Packets) SubjectOf(Finding finding) => finding switch
    {
        ScanFinding scan => (scan.Source, scan.Packets),
        DosVictimFinding attack => (attack.Victim, attack.Packets),
        AggressiveScannerFinding scanner => (scanner.Source, scanner.Packets),
        OwnHostFinding own => (own.Host, own.Packets),
        _ => (null, 0),
    };

    private static string Text(TruthEvent truth, FormattableString rest) =>
        $"{truth.Sources[0]} {truth.Start:O} {truth.End:O} {rest.ToString(CultureInfo.InvariantCulture)}";

    private static string Text(Address source, Finding finding, FormattableString rest) =>
        $"{source} {finding.FirstSeen:O} {finding.LastSeen:O} {rest.ToString(CultureInfo.InvariantCulture)}";

    private JudgingSink Detect(Scenario scenario)
    {
        var dark = new PrefixSet(scenario.Dark);
        using var source = new SimulationSource(scenario, _truth);
        using var telescope = new Telescope(new TelescopeOptions { Dark = dark, Own = new PrefixSet(scenario.Own), Simulated = true }, TimeProvider.System);
        var options = new AnalyzeOptions
        {
            Dark = dark,
            Own = new PrefixSet(scenario.Own),
            Outbreaks = new OutbreakOptions { SlowEngines = false },
        };
        var sink = new JudgingSink(AnalyzerSet.Create(options, "telescope", shards: 2));
        telescope.Run(source, sink, TestContext.Current.CancellationToken);
        return sink;
    }

    private void Same(string kind, Func<TruthEvent, string> text, IEnumerable<string> found)
    {
        var expected = _truth.Events.Where(truth => truth.ExpectedAlert == kind).Select(text);
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private sealed class JudgingSink(IReadOnlyList<IAnalyzer> analyzers) : IObservationSink
    {
        private readonly List<Finding> _findings = [];
        private readonly Dictionary<Address, List<long>> _samples = [];

        public void Take(ObservationBatch batch)
        {
            lock (_samples)
            {
                foreach (var sample in batch.Samples)
                {
                    if (!_samples.TryGetValue(sample.Subject, out var times))
                        _samples[sample.Subject] = times = [];

                    times.Add(sample.TimeMicros / 1000);
                }
            }

            foreach (var analyzer in analyzers)
                analyzer.Observe(batch);
        }

        public void Interval(long watermarkMillis)
        {
            foreach (var analyzer in analyzers)
                analyzer.Advance(watermarkMillis, _findings);
        }

        public int CountSamples(Address subject, Finding finding) =>
            _samples.TryGetValue(subject, out var times)
                ? times.Count(time =>
                    time >= finding.FirstSeen.ToUnixTimeMilliseconds() && time <= finding.LastSeen.ToUnixTimeMilliseconds())
                : 0;

        public List<Finding> Finish()
        {
            foreach (var analyzer in analyzers)
                analyzer.Finish(_findings);

            return _findings;
        }
    }
}
