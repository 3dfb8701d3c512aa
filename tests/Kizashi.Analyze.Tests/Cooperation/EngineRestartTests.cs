using System.Globalization;
using Kizashi.Analyze.Cooperation;
using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Sensors;

namespace Kizashi.Analyze.Tests.Cooperation;

/// <summary>Each engine, saved and loaded again between windows, alarms as it would have without.</summary>
public sealed class EngineRestartTests
{
    private const long End = 20 * Crowd.Hour;

    private static readonly Lazy<(Dictionary<string, string[]> Whole, Dictionary<string, string[]> Broken, int Restarts)> Runs = new(Run);

    [Theory]
    [InlineData(EngineNames.Baseline)]
    [InlineData(EngineNames.ChangeFinder)]
    [InlineData(EngineNames.Glasso)]
    [InlineData(EngineNames.Nmf)]
    [InlineData(EngineNames.Ntd)]
    public void An_engine_alarms_as_without_the_restart(string engine)
    {
        var (whole, broken, restarts) = Runs.Value;
        Assert.InRange(restarts, 20, 200);
        Assert.NotEmpty(whole.GetValueOrDefault(engine, []));
        Assert.Equal(whole[engine], broken.GetValueOrDefault(engine, []));
    }

    private static (Dictionary<string, string[]> Whole, Dictionary<string, string[]> Broken, int Restarts) Run()
    {
        var random = new Random(4);
        var packets = Crowd.Usual(End)
            .Concat(Crowd.Of(60, (0, End), 20, port: 23, seed: 3))
            .Concat(Enumerable.Range(0, 6).SelectMany(burst => Crowd.Of(
                45, ((8 + (2 * burst)) * Crowd.Hour, ((8 + (2 * burst)) * Crowd.Hour) + (40 * Crowd.Minute)), 120, port: (ushort)(5000 + burst), seed: 10 + burst)))
            .OrderBy(packet => packet.Millis);
        var (whole, broken) = (new Heard(), new Heard());
        var one = new AnalyzerRun(Traffic.Options with { Listener = whole });
        var other = new AnalyzerRun(Traffic.Options with { Listener = broken });
        var restarts = 0;
        foreach (var (batches, watermark) in new SensorDouble(1).Deliver([.. packets], []))
        {
            one.Observe(batches);
            other.Observe(batches);
            one.Advance(watermark);
            other.Advance(watermark);
            if (random.Next(4) == 0 && restarts < 200)
            {
                other.Restart();
                restarts++;
            }
        }

        one.Finish();
        other.Finish();
        return (whole.Texts, broken.Texts, restarts);
    }

    private sealed class Heard : IEngineListener
    {
        private readonly List<EngineRow> _rows = [];

        public Dictionary<string, string[]> Texts => _rows.GroupBy(row => row.Engine).ToDictionary(
            group => group.Key,
            group => group.Select(row => string.Create(
                CultureInfo.InvariantCulture, $"{row.WindowEnd:O} {string.Join(' ', row.Ports)} {row.Groups} {row.Score:R} {row.Condition}")).ToArray(),
            StringComparer.Ordinal);

        public void Hear(IReadOnlyList<EngineRow> alarms, IReadOnlyList<EngineStatus> engines) => _rows.AddRange(alarms);
    }
}
