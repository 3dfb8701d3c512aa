using System.Diagnostics.Metrics;

namespace Kizashi.Analyze;

/// <summary>Counters of the analyzers for /metrics; fed by whoever drives them, since analyzers know nothing but batches.</summary>
public sealed class AnalyzeMetrics
{
    public const string MeterName = "Kizashi.Analyze";

    private readonly Counter<long> _lost;

    public AnalyzeMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _lost = meters.Create(MeterName).CreateCounter<long>(
            "kizashi.analyze.lost", null, "What analyzers gave up because a bound was reached, by analyzer and reason.");
    }

    /// <param name="analyzer">Its name.</param>
    /// <param name="reason">Why.</param>
    /// <param name="count">Since the last call.</param>
    public void Lost(string analyzer, string reason, long count) => _lost.Add(
        count, new KeyValuePair<string, object?>("analyzer", analyzer), new KeyValuePair<string, object?>("reason", reason));
}
