using System.Collections.Concurrent;
using System.Data.Common;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;
using Kizashi.Warn.Rules;
using Kizashi.Warn.Samples;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kizashi.Warn.LifeCycle;

/// <summary>The life of alerts: joins what the rules say of findings into alerts, opens, updates and closes them.</summary>
/// <remarks>The store is the truth; what is held here are the open alerts that are busy. Safe to use from several threads.</remarks>
public sealed class AlertBook : IDisposable
{
    private const int MostNews = 4_096;

    private readonly Lock _gate = new();
    private readonly IAlertRule[] _rules;
    private readonly Dictionary<string, INarrator> _narrators;
    private readonly IAlertStore _store;
    private readonly IAddressBook _addresses;
    private readonly ILiveFeed _feed;
    private readonly SampleAttachment _samples;
    private readonly WarnMetrics _metrics;
    private readonly ILogger<AlertBook> _logger;
    private readonly WarnOptions _options;
    private readonly Dictionary<AlertKey, AlertState> _open = [];
    private readonly List<AlertState> _unsaved = [];
    private readonly ConcurrentQueue<Alert> _news = new();
    private IDisposable? _subscription;
    private ILookup<AlertKey, AlertState>? _waiting;

    public AlertBook(
        IEnumerable<IAlertRule> rules, IAlertStore store, IObservationStore observations, IAddressBook addresses, ILiveFeed feed,
        RecentSamples samples, WarnMetrics metrics, IOptions<WarnOptions> options, ILogger<AlertBook> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _rules = [.. rules];
        _narrators = _rules.OfType<INarrator>().ToDictionary(narrator => narrator.Kind);
        _store = store;
        _addresses = addresses;
        _feed = feed;
        _metrics = metrics;
        _logger = logger;
        _options = options.Value;
        _samples = new SampleAttachment(store, observations, samples, metrics, options.Value.SampleLookups, logger);
    }

    /// <summary>Takes findings in the order in which they were made. The same findings again change nothing.</summary>
    /// <remarks>Call it once per interval even without findings: raw packets that came late are attached then.</remarks>
    public void Apply(IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        lock (_gate)
        {
            _subscription ??= _feed.Subscribe(Hear);
            TakeNews();
            _metrics.Findings(findings.Count);
            var changed = new List<AlertState>();
            foreach (var (key, drafts) in Judge(findings))
                Join(key, drafts, changed);

            Tell(changed);
            Shrink();
        }
    }

    /// <summary>Tells small growth held back so far and attaches the raw packets still missing: for the end or a pause of a sensor.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            TellAll();
            _samples.Complete();
        }
    }

    /// <summary>Closes open alerts whose traffic is long past, for events whose end nobody will report any more.</summary>
    /// <param name="lastSeenBefore">Time of the traffic, not of the clock.</param>
    /// <returns>How many.</returns>
    public int CloseStale(DateTimeOffset lastSeenBefore)
    {
        lock (_gate)
        {
            TellAll();
            var stale = _store.Open().Where(alert => alert.LastSeen < lastSeenBefore).ToList();
            var closed = stale.ConvertAll(alert => alert with { Closed = alert.LastSeen });
            if (closed.Count == 0)
                return 0;

            _store.Save(closed);
            foreach (var alert in closed)
            {
                _open.Remove(AlertKey.Of(alert));
                _metrics.Closed(alert.Kind);
                _feed.Publish(new AlertChanged(alert, IsNew: false));
            }

            return closed.Count;
        }
    }

    public void Dispose() => _subscription?.Dispose();

    private void TellAll()
    {
        var changed = new List<AlertState>();
        foreach (var state in _open.Values.Where(state => state.Changed).ToList())
            Settle(AlertKey.Of(state.Alert), state, changed);

        Tell(changed);
    }

    private void Tell(List<AlertState> changed)
    {
        var saved = Keep(changed);
        Publish(changed);
        _samples.Attach(saved);
        foreach (var state in changed)
            state.Published();
    }

    private Dictionary<AlertKey, List<AlertDraft>> Judge(IReadOnlyList<Finding> findings)
    {
        var drafts = new Dictionary<AlertKey, List<AlertDraft>>();
        foreach (var finding in findings)
        {
            foreach (var rule in _rules)
            {
                if (rule.Judge(finding) is not { } draft)
                    continue;

                var key = AlertKey.Of(draft);
                if (!drafts.TryGetValue(key, out var list))
                    drafts[key] = list = new List<AlertDraft>(1);

                list.Add(draft);
            }
        }

        return drafts;
    }

    // Shards deliver in any order; sorted by start, the first event, and with it the alert's id, is the same in any run.
    private void Join(AlertKey key, List<AlertDraft> drafts, List<AlertState> changed)
    {
        var ordered = drafts.Count == 1
            ? drafts.AsEnumerable()
            : drafts.OrderBy(draft => draft.Evidence.From).ThenBy(draft => draft.Evidence.EventId, StringComparer.Ordinal);
        var touched = new List<AlertState>(1);
        foreach (var draft in ordered)
        {
            var state = StateFor(key, draft, touched);
            if (state is null)
                continue;

            state.Take(draft, PartOf(draft));
            if (!touched.Contains(state))
                touched.Add(state);
        }

        foreach (var state in touched.Where(state => state.IsWorthTelling))
            Settle(key, state, changed);
    }

    /// <summary>The alert a draft belongs to; null when its event was taken and given up before.</summary>
    private AlertState? StateFor(AlertKey key, AlertDraft draft, List<AlertState> touched)
    {
        var eventId = draft.Evidence.EventId;
        _open.TryGetValue(key, out var open);
        if (open?.Tracks(eventId) == true)
            return open;

        if (touched.Find(state => state.Tracks(eventId)) is { } seen)
            return seen;

        if (_waiting?[key].FirstOrDefault(state => state.Tracks(eventId)) is { } waiting)
            return waiting;

        if (_store.FindByEvent(eventId) is { } owner)
        {
            if (owner.Id == open?.Alert.Id)
                return null;

            var state = touched.Find(state => state.Alert.Id == owner.Id) ?? Load(owner);
            if (owner.Closed is null && open is null)
                _open[key] = state;

            return state.Tracks(eventId) ? state : null;
        }

        return open ?? OpenOrLoad(key, draft);
    }

    // The whole is told before its parts; where it is not open any more, it is named as its first event names it.
    private string? PartOf(AlertDraft draft)
    {
        if (draft.PartOf is not { } whole)
            return null;

        return _open.TryGetValue(new AlertKey(draft.Kind, whole.Subject.Value), out var state)
            ? state.Alert.Id
            : AlertId.From(draft.Kind, whole.Subject.Value, whole.EventId);
    }

    private AlertState OpenOrLoad(AlertKey key, AlertDraft draft)
    {
        var latest = _waiting?[key].LastOrDefault()?.Alert ?? _store.Latest(key.Kind, key.Subject);
        var state = latest is { Closed: null }
            ? Load(latest)
            : AlertState.Open(draft, _options.Tlp, FactsOf(draft.Subject), latest?.Id, _narrators.GetValueOrDefault(key.Kind));
        _open[key] = state;
        return state;
    }

    private AlertState Load(Alert alert) => AlertState.Load(alert, _narrators.GetValueOrDefault(alert.Kind));

    private AddressFacts FactsOf(Subject subject) =>
        Prefix.TryParse(subject.Value, out var network) && subject.Kind is SubjectKind.Address or SubjectKind.Prefix
            ? _addresses.Lookup(network.First)
            : AddressFacts.Unknown;

    private void Settle(AlertKey key, AlertState state, List<AlertState> changed)
    {
        var isCurrent = _open.TryGetValue(key, out var open) && open == state;
        var mayReopen = isCurrent || (open is null && _store.Latest(key.Kind, key.Subject)?.Id == state.Alert.Id);
        state.Settle(mayReopen);
        if (state.Alert.Closed is null)
            _open[key] = state;
        else if (isCurrent)
            _open.Remove(key);

        if (state.IsNew)
            _metrics.Opened(state.Alert.Kind);

        if (state.WasClosed)
            _metrics.Closed(state.Alert.Kind);

        changed.Add(state);
    }

    /// <returns>The states now in the store, those included that waited for it.</returns>
    private List<AlertState> Keep(List<AlertState> changed)
    {
        foreach (var state in changed.Where(state => !state.IsUnsaved))
        {
            state.IsUnsaved = true;
            _unsaved.Add(state);
        }

        if (_unsaved.Count == 0)
            return [];

        try
        {
            _store.Save([.. _unsaved.SelectMany(state => state.ToSave())]);
        }
        catch (Exception reason) when (reason is DbException or IOException)
        {
            Wait(reason);
            return [];
        }

        if (_waiting is not null)
            _logger.SaveRecovered(_unsaved.Count);

        _waiting = null;
        var saved = _unsaved.ToList();
        saved.ForEach(state => state.Saved());
        _unsaved.Clear();
        return saved;
    }

    // What closed while the store refuses is not found there yet, so it must be found here.
    private void Wait(Exception reason)
    {
        _metrics.SaveFailed();
        if (_waiting is null)
            _logger.SaveFailed(_unsaved.Count, reason);

        var excess = _unsaved.Count - _options.OpenInMemory;
        if (excess > 0)
        {
            _unsaved.RemoveRange(0, excess);
            _logger.GivenUp(excess);
        }

        _waiting = _unsaved.ToLookup(state => AlertKey.Of(state.Alert));
    }

    private void Publish(List<AlertState> changed)
    {
        foreach (var state in changed)
            _feed.Publish(new AlertChanged(state.Alert, state.IsNew));
    }

    // What people add is told by others over the feed; taken along so that the machine's next word does not hide it.
    private void Hear(LiveEvent change)
    {
        if (change is AlertChanged { Alert: var alert } && !_gate.IsHeldByCurrentThread && _news.Count < MostNews)
            _news.Enqueue(alert);
    }

    private void TakeNews()
    {
        while (_news.TryDequeue(out var alert))
        {
            if (!_open.TryGetValue(AlertKey.Of(alert), out var state) || state.Alert.Id != alert.Id)
                continue;

            state.Alert = state.Alert with
            {
                Acknowledged = alert.Acknowledged,
                AcknowledgedBy = alert.AcknowledgedBy,
                AssignedTo = alert.AssignedTo,
                Verdict = alert.Verdict,
                Notes = alert.Notes,
            };
        }
    }

    // The longest untouched tenth goes back to the store, from where the next finding fetches it again.
    private void Shrink()
    {
        if (_open.Count <= _options.OpenInMemory || _waiting is not null)
            return;

        var surplus = _open
            .OrderBy(pair => pair.Value.Alert.Updated)
            .Take(_open.Count - (_options.OpenInMemory * 9 / 10))
            .ToList();
        foreach (var (key, _) in surplus)
            _open.Remove(key);
    }
}
