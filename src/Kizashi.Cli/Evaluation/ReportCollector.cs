using System.Globalization;
using Kizashi.Analyze.Cooperation;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;

namespace Kizashi.Cli.Evaluation;

/// <summary>A sink that lets analyzers judge a sensor's batches and notes what they and their engines tell of outbreaks, and when.</summary>
/// <remarks>
/// An engine alarms anew in each window, so its alarms on a common port are one event until it was silent on these for an hour.
/// </remarks>
internal sealed class ReportCollector : IObservationSink, IEngineListener
{
    private const long TenMinutes = 600_000;

    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    private readonly string _sensor;
    private readonly IReadOnlyList<IAnalyzer> _analyzers;
    private readonly Dictionary<(string Engine, string Port), (string Event, DateTimeOffset Last)> _events = [];
    private readonly Dictionary<string, SortedSet<string>> _portsOf = [];
    private readonly List<Finding> _findings = [];
    private readonly List<EngineReport> _reports = [];
    private readonly Dictionary<(string Engine, string Event), string> _known = [];
    private long _watermark;

    /// <param name="sensor">Whose batches it takes.</param>
    /// <param name="analyzers">Makes its analyzers, whose engines report to the listener.</param>
    public ReportCollector(string sensor, Func<IEngineListener, IReadOnlyList<IAnalyzer>> analyzers)
    {
        _sensor = sensor;
        _analyzers = analyzers(this);
    }

    /// <summary>In the order in which they were told.</summary>
    public IReadOnlyList<EngineReport> Reports => _reports;

    public void Take(ObservationBatch batch)
    {
        foreach (var analyzer in _analyzers)
            analyzer.Observe(batch);
    }

    public void Hear(IReadOnlyList<EngineRow> alarms, IReadOnlyList<EngineStatus> engines)
    {
        // A shape on no port in particular tells of no outbreak by itself.
        foreach (var alarm in alarms.Where(alarm => alarm.Ports.Count > 0 && !alarm.Ports.Contains(EngineRow.AnyPort)))
            Hear(alarm.Engine, alarm.WindowEnd, alarm.Ports);
    }

    public void Interval(long watermarkMillis)
    {
        _watermark = watermarkMillis;
        foreach (var analyzer in _analyzers)
            analyzer.Advance(watermarkMillis, _findings);

        Note();
    }

    /// <summary>Nothing more comes.</summary>
    public void Finish()
    {
        foreach (var analyzer in _analyzers)
            analyzer.Finish(_findings);

        Note();
    }

    // The moment is that of the telling, not what the finding says of itself.
    private void Note()
    {
        if (_findings.Count == 0)
            return;

        var at = Told();
        foreach (var outbreak in _findings.OfType<OutbreakFinding>())
        {
            // It reports in the windows of the quickest engine that stands behind it.
            var quickest = outbreak.Votes.Select(vote => EngineWindows.MinutesOf(vote.Engine)).DefaultIfEmpty(10).Min();
            Note(new EngineReport(EngineReport.Combination, outbreak.EventId, _sensor, outbreak.Ports, at, quickest)
            {
                By = [.. outbreak.Votes.Select(vote => string.Create(CultureInfo.InvariantCulture, $"{vote.Engine} {vote.Score:0.0}"))],
            });
        }

        _findings.Clear();
    }

    private DateTimeOffset Told() => DateTimeOffset.FromUnixTimeMilliseconds(_watermark / TenMinutes * TenMinutes);

    // Only what is new: an event is told again in each window.
    private void Note(EngineReport report)
    {
        var key = (report.Engine, report.EventId);
        var ports = string.Join(' ', report.Ports);
        if (_known.TryGetValue(key, out var known) && known == ports)
            return;

        _known[key] = ports;
        _reports.Add(report);
    }

    private void Hear(string engine, DateTimeOffset windowEnd, IReadOnlyList<string> ports)
    {
        var known = ports.Select(port => _events.GetValueOrDefault((engine, port)))
            .Where(known => known.Event is not null && windowEnd - known.Last <= Silence)
            .Select(known => known.Event)
            .FirstOrDefault();
        var id = known ?? string.Create(CultureInfo.InvariantCulture, $"{engine} {_portsOf.Count}");
        foreach (var port in ports)
            _events[(engine, port)] = (id, windowEnd);

        if (known is null)
            _portsOf[id] = new SortedSet<string>(StringComparer.Ordinal);

        _portsOf[id].UnionWith(ports);
        // Never earlier than it was told.
        var told = Told();
        Note(new EngineReport(
            engine, id, _sensor, [.. _portsOf[id]], told > windowEnd ? told : windowEnd, EngineWindows.MinutesOf(engine)));
    }
}
