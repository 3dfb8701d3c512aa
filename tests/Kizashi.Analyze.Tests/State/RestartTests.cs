using CsCheck;
using Kizashi.Analyze.Scans;
using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;

namespace Kizashi.Analyze.Tests.State;

public sealed class RestartTests
{
    private static readonly AnalyzeOptions Options = Traffic.Options with
    {
        Own = new PrefixSet([Prefix.Parse("10.0.0.0/30")]),
        Aggressive = new AggressiveOptions { MinSources = 5, Top = 0.125 },
    };

    [Fact]
    public void Restarts_at_any_moments_change_no_finding() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 40]).Sample(
            (seed, between) =>
            {
                var random = new Random(seed);
                var packets = Traffic.Random(seed, 2500)
                    .Select(packet => packet with { Millis = packet.Millis + (random.Next(2) * 60_000_000L) });
                var answers = Enumerable.Range(0, 600).Select(number => Traffic.Answer(number % 3, number * 900L))
                    .ToArray();
                var steps = new SensorDouble(seed, 2, 5000, 200).Deliver(packets, answers).ToArray();
                var (whole, broken) = (new AnalyzerRun(Options), new AnalyzerRun(Options));
                foreach (var (batches, watermark) in steps)
                {
                    whole.Observe(batches);
                    broken.Observe(batches);
                    if (random.Next(between) == 0)
                        broken.Restart();

                    whole.Advance(watermark);
                    broken.Advance(watermark);
                    if (random.Next(between) == 0)
                        broken.Restart();
                }

                Assert.Equal(Texts(whole.Finish()), Texts(broken.Finish()));
            },
            iter: 20);

    [Fact]
    public void A_damaged_or_cut_state_is_refused_and_leaves_the_analyzer_empty()
    {
        var packets = Traffic.Random(1, 1500);
        foreach (var analyzer in AnalyzerSet.Create(Options, SensorDouble.Name, 2))
        {
            foreach (var (batches, watermark) in new SensorDouble(1).Deliver(packets, [Traffic.Answer(1, 5)]))
            {
                foreach (var batch in batches)
                    analyzer.Observe(batch);

                analyzer.Advance(watermark, []);
            }

            using var saved = new MemoryStream();
            analyzer.Save(saved);
            Refuses(analyzer.Name, saved.ToArray());
        }
    }

    [Fact]
    public void A_state_made_with_other_thresholds_shards_or_dark_prefixes_is_refused()
    {
        using var saved = new MemoryStream();
        AnalyzerSet.Create(Options, "a", 2)[0].Save(saved);
        AnalyzeOptions[] others =
        [
            Options with { Scans = new ScanOptions { MinDestinations = 11 } },
            Options with { Dark = new PrefixSet([Prefix.Parse("192.0.2.0/25")]) },
        ];

        Assert.All(others, other =>
            Assert.Throws<InvalidDataException>(() => Load(AnalyzerSet.Create(other, "a", 2)[0], saved.ToArray())));
        Assert.Throws<InvalidDataException>(() => Load(AnalyzerSet.Create(Options, "a", 3)[0], saved.ToArray()));
        Load(AnalyzerSet.Create(Options, "a", 2)[0], saved.ToArray());
    }

    private static void Refuses(string name, byte[] state)
    {
        var random = new Random(1);
        for (var trial = 0; trial < 300; trial++)
        {
            var damaged = state.ToArray();
            if (trial % 2 == 0)
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            else
                damaged = damaged[..random.Next(damaged.Length)];

            var analyzer = AnalyzerSet.Create(Options, SensorDouble.Name, 2).Single(analyzer => analyzer.Name == name);
            Assert.Throws<InvalidDataException>(() => Load(analyzer, damaged));
            var findings = new List<Finding>();
            analyzer.Finish(findings);
            Assert.Empty(findings);
        }
    }

    private static void Load(IAnalyzer analyzer, byte[] state)
    {
        using var stream = new MemoryStream(state);
        analyzer.Load(stream);
    }

    // Whether an event is told as ended a moment earlier or later depends on the order of a walk; what is told does
    // not.
    private static IReadOnlyList<string> Texts(AnalyzerRun run) =>
        [.. run.Findings.Select(finding =>
            finding.State + " " + System.Text.Json.JsonSerializer.Serialize((object)finding))
            .Order(StringComparer.Ordinal)];
}
