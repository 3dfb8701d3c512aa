using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;

namespace Kizashi.Analyze.Cooperation;

/// <summary>Runs the engines over a sensor's batches and keeps what each had to say, besides the outbreaks they make together.</summary>
public sealed class EngineRun : IObservationSink, IEngineListener
{
    // Enough for a year of windows with an alarm in each; more are counted.
    private const int MostRows = 1 << 18;

    private readonly OutbreakAnalyzer _analyzer;
    private readonly List<EngineRow> _rows = [];
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, OutbreakFinding> _outbreaks = new(StringComparer.Ordinal);

    public EngineRun(AnalyzeOptions options, string sensor, int shards) =>
        _analyzer = new OutbreakAnalyzer(options with { Listener = this }, sensor, shards);

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<EngineRow> Rows => _rows;

    /// <summary>Alarms past those kept.</summary>
    public long Dropped { get; private set; }

    /// <summary>The last word on each outbreak, earliest first.</summary>
    public IReadOnlyList<OutbreakFinding> Outbreaks =>
        [.. _outbreaks.Values.OrderBy(outbreak => outbreak.FirstSeen).ThenBy(outbreak => outbreak.EventId, StringComparer.Ordinal)];

    /// <summary>How each engine stood after the last window.</summary>
    public IReadOnlyList<EngineStatus> Engines { get; private set; } = [];

    public void Take(ObservationBatch batch) => _analyzer.Observe(batch);

    public void Interval(long watermarkMillis)
    {
        _analyzer.Advance(watermarkMillis, _findings);
        Keep();
    }

    /// <summary>The capture is over: ends what is open.</summary>
    public void Finish()
    {
        _analyzer.Finish(_findings);
        Keep();
    }

    public void Hear(IReadOnlyList<EngineRow> alarms, IReadOnlyList<EngineStatus> engines)
    {
        Engines = engines;
        var room = Math.Min(alarms.Count, MostRows - _rows.Count);
        _rows.AddRange(alarms.Take(room));
        Dropped += alarms.Count - room;
    }

    private void Keep()
    {
        foreach (var outbreak in _findings.OfType<OutbreakFinding>())
            _outbreaks[outbreak.EventId] = outbreak;

        _findings.Clear();
    }
}
