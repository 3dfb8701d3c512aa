using System.Text.Json;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;

namespace Kizashi.Warn.Tests.Doubles;

/// <summary>An alert store in memory that keeps alerts as JSON, as a real one does.</summary>
internal sealed class MemoryAlertStore : IAlertStore
{
    private readonly Dictionary<string, string> _alerts = [];
    private readonly Dictionary<string, string> _events = [];
    private readonly Dictionary<(string Kind, string Subject), string> _latest = [];
    private readonly Dictionary<string, List<PacketSample>> _samples = [];

    public int Saves { get; private set; }

    public int Written { get; private set; }

    public Exception? Failure { get; set; }

    public IReadOnlyList<Alert> All => [.. _alerts.Values.Select(Read).OrderBy(alert => alert.Id, StringComparer.Ordinal)];

    public Alert? Find(string id) => _alerts.TryGetValue(id, out var json) ? Read(json) : null;

    public Alert? Latest(string kind, string subject) =>
        _latest.TryGetValue((kind, subject), out var id) ? Find(id) : null;

    public Alert? FindByEvent(string eventId) => _events.TryGetValue(eventId, out var id) ? Find(id) : null;

    public IReadOnlyList<Alert> Query(AlertQuery query) => All;

    public long Count(AlertQuery query) => _alerts.Count;

    public IReadOnlyList<Alert> Open() => [.. All.Where(alert => alert.Closed is null)];

    public void Save(IReadOnlyCollection<Alert> alerts)
    {
        if (Failure is not null)
            throw Failure;

        Saves++;
        foreach (var alert in alerts)
        {
            Written++;
            if (!_alerts.ContainsKey(alert.Id))
                _latest[(alert.Kind, alert.Subject.Value)] = alert.Id;

            _alerts[alert.Id] = JsonSerializer.Serialize(alert, KizashiJson.Options);
            Assert.True(alert.Evidence.Count <= 64);
            foreach (var evidence in alert.Evidence)
                _events[evidence.EventId] = alert.Id;
        }
    }

    public void AddSamples(string alertId, IReadOnlyList<PacketSample> samples)
    {
        Assert.True(_alerts.ContainsKey(alertId), "samples before their alert");
        if (!_samples.TryGetValue(alertId, out var list))
            _samples[alertId] = list = [];

        list.AddRange(samples);
    }

    public IReadOnlyList<PacketSample> Samples(string alertId) => _samples.TryGetValue(alertId, out var list) ? list : [];

    public Alert? Annotate(string id, Func<Alert, Alert> change) => throw new NotSupportedException();

    private static Alert Read(string json) => JsonSerializer.Deserialize<Alert>(json, KizashiJson.Options)!;
}
