using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;

namespace Kizashi.Portal.Tests.Doubles;

/// <summary>Alerts in memory, filtered as the real store filters.</summary>
public sealed class MemoryAlerts : IAlertStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Alert> _alerts = [];
    private readonly Dictionary<string, List<PacketSample>> _samples = [];

    public Alert? Find(string id)
    {
        lock (_gate)
            return _alerts.GetValueOrDefault(id);
    }

    public Alert? Latest(string kind, string subject) =>
        Query(new AlertQuery { Kind = kind, Subject = subject, Most = 1 }) is [var newest, ..] ? newest : null;

    public Alert? FindByEvent(string eventId)
    {
        lock (_gate)
            return _alerts.Values.FirstOrDefault(alert => alert.Evidence.Any(evidence => evidence.EventId == eventId));
    }

    public IReadOnlyList<Alert> Query(AlertQuery query)
    {
        lock (_gate)
        {
            var all = _alerts.Values.Where(alert => Matches(alert, query));
            var ordered = query.NewestFirst
                ? all.OrderByDescending(alert => alert.Opened).ThenByDescending(alert => alert.Id, StringComparer.Ordinal)
                : all.OrderBy(alert => alert.Opened).ThenBy(alert => alert.Id, StringComparer.Ordinal);
            return
            [
                .. (query.After is null ? ordered : ordered.SkipWhile(alert => alert.Id != query.After).Skip(1))
                    .Take(query.Most),
            ];
        }
    }

    public long Count(AlertQuery query) => Query(query with { Most = int.MaxValue, After = null }).Count;

    public IReadOnlyList<Alert> Open() => Query(new AlertQuery { Open = true, Most = int.MaxValue });

    public void Save(IReadOnlyCollection<Alert> alerts)
    {
        lock (_gate)
        {
            foreach (var alert in alerts)
                _alerts[alert.Id] = alert;
        }
    }

    public void AddSamples(string alertId, IReadOnlyList<PacketSample> samples)
    {
        lock (_gate)
        {
            if (!_samples.TryGetValue(alertId, out var list))
                _samples[alertId] = list = [];
            list.AddRange(samples);
        }
    }

    public IReadOnlyList<PacketSample> Samples(string alertId)
    {
        lock (_gate)
            return _samples.TryGetValue(alertId, out var list) ? [.. list] : [];
    }

    public Alert? Annotate(string id, Func<Alert, Alert> change)
    {
        lock (_gate)
            return _alerts.TryGetValue(id, out var alert) ? _alerts[id] = change(alert) : null;
    }

    private static bool Matches(Alert alert, AlertQuery query) =>
        (query.Kind is null || alert.Kind == query.Kind || alert.Kind.StartsWith(query.Kind, StringComparison.Ordinal))
        && (query.Subject is null || alert.Subject.Value == query.Subject || IsInside(alert.Subject.Value, query.Subject))
        && (query.AtLeast is null || alert.Severity >= query.AtLeast)
        && (query.From is null || alert.Opened >= query.From)
        && (query.To is null || alert.Opened < query.To)
        && (query.Open is null || alert.Closed is null == query.Open)
        && (query.Acknowledged is null || alert.Acknowledged is not null == query.Acknowledged)
        && (query.Country is null || alert.Facts.Country == query.Country)
        && (query.Asn is null || alert.Facts.Asn == query.Asn)
        && (query.Sensor is null || alert.Sensors.Contains(query.Sensor))
        && (query.Text is null || query.Text.Split(' ').All(word =>
            (alert.Summary + ' ' + alert.Subject.Value).Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static bool IsInside(string subject, string prefix) =>
        prefix.Contains('/', StringComparison.Ordinal) && Prefix.TryParse(prefix, out var block)
        && Address.TryParse(subject, out var address) && block.Contains(address);
}
