using System.Diagnostics.Metrics;

namespace Kizashi.Warn;

/// <summary>What the warn stage counts.</summary>
public sealed class WarnMetrics
{
    public const string MeterName = "Kizashi.Warn";

    private readonly Counter<long> _findings;
    private readonly Counter<long> _opened;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _unsaved;
    private readonly Counter<long> _samplesMissing;

    public WarnMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _findings = meter.CreateCounter<long>("kizashi.warn.findings", null, "Findings judged.");
        _opened = meter.CreateCounter<long>("kizashi.warn.alerts.opened", null, "Alerts opened, by kind.");
        _closed = meter.CreateCounter<long>("kizashi.warn.alerts.closed", null, "Alerts closed, by kind.");
        _unsaved = meter.CreateCounter<long>("kizashi.warn.saves.failed", null, "Rounds whose alerts the store would not take.");
        _samplesMissing = meter.CreateCounter<long>(
            "kizashi.warn.samples.missing", null, "Alerts closed with fewer than three raw packets.");
    }

    internal void Findings(int count) => _findings.Add(count);

    internal void Opened(string kind) => _opened.Add(1, new KeyValuePair<string, object?>("kind", kind));

    internal void Closed(string kind) => _closed.Add(1, new KeyValuePair<string, object?>("kind", kind));

    internal void SaveFailed() => _unsaved.Add(1);

    internal void SamplesMissing() => _samplesMissing.Add(1);
}
