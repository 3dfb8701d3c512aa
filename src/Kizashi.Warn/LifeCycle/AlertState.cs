using System.Text.Json.Nodes;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Warn.Rules;

namespace Kizashi.Warn.LifeCycle;

/// <summary>One alert in the book while its events come in. Everything it needs is in the alert itself, so a restart loses nothing.</summary>
internal sealed class AlertState
{
    public const int MostEvidence = 64;
    public const int MostEvents = 256;

    // Only reached while the store refuses alerts and one alert gains thousands of events.
    private const int MostVersions = 64;

    // An event that goes on says so every second; so often nobody needs to read or write it.
    private static readonly TimeSpan ToldEvery = TimeSpan.FromSeconds(10);

    private readonly INarrator? _narrator;
    private readonly JsonObject _details;
    private readonly List<Evidence> _evidence;
    private readonly List<TrackedEvent> _events = [];
    private readonly TrackedEvent _earlier = new("");
    private readonly HashSet<string> _unsavedEvents = [];
    private readonly List<Alert> _versions = [];
    private DateTimeOffset _toldUntil;
    private long _toldPackets;
    private bool _isUrgent;

    private AlertState(Alert alert, INarrator? narrator)
    {
        Alert = alert;
        _narrator = narrator;
        _evidence = [.. alert.Evidence];
        _details = (JsonObject)alert.Details.DeepClone();
        foreach (var json in (_details[AlertDetails.Events] as JsonArray ?? []).OfType<JsonObject>())
            _events.Add(TrackedEvent.FromJson(json));

        if (_details[AlertDetails.Earlier] is JsonObject earlier)
            _earlier = TrackedEvent.FromJson(earlier);

        (_toldUntil, _toldPackets) = (alert.LastSeen, Packets);
    }

    /// <summary>As of the last <see cref="Settle"/>; what people added is kept up to date by the book.</summary>
    public Alert Alert { get; set; }

    public bool Changed { get; private set; }

    /// <summary>More than a little growth: opened, an event came or ended, the severity rose, a tenth more packets, ten seconds more.</summary>
    public bool IsWorthTelling => Changed
        && (IsNew || _isUrgent || Packets * 10 >= _toldPackets * 11 || Alert.LastSeen >= _toldUntil + ToldEvery);

    public bool IsNew { get; private set; }

    public bool WasClosed { get; private set; }

    /// <summary>Raw packets attached so far; negative when not yet known after a restart.</summary>
    public int Samples { get; set; } = -1;

    /// <summary>Time of the newest packet attached, microseconds since 1970 UTC.</summary>
    public long SampledUntil { get; set; }

    /// <summary>How many samples of the subject memory had seen when it was last asked.</summary>
    public long SamplesSeen { get; set; } = -1;

    public int RoundsHungry { get; set; }

    /// <summary>The store was asked for raw packets once.</summary>
    public bool SamplesSought { get; set; }

    public bool IsHungry { get; set; }

    public bool IsUnsaved { get; set; }

    private long Packets => _earlier.Sum(0) + _events.Sum(tracked => tracked.Sum(0));

    public static AlertState Open(AlertDraft draft, Tlp tlp, AddressFacts facts, string? previous, INarrator? narrator)
    {
        var (first, seen) = (draft.Evidence.From, draft.Evidence.To);
        var alert = new Alert
        {
            Id = AlertId.From(draft.Kind, draft.Subject.Value, draft.Evidence.EventId),
            Kind = draft.Kind,
            Subject = draft.Subject,
            Severity = draft.Severity,
            Confidence = draft.Confidence,
            Tlp = tlp,
            Opened = seen,
            Updated = seen,
            FirstSeen = first,
            LastSeen = seen,
            Sensors = [],
            Evidence = [],
            Details = [],
            Summary = draft.Summary,
            Facts = facts,
            Simulated = draft.Simulated,
            Previous = previous,
        };
        return new AlertState(alert, narrator) { IsNew = true, Samples = 0 };
    }

    public static AlertState Load(Alert alert, INarrator? narrator) => new(alert, narrator);

    public bool Tracks(string eventId) => Find(eventId) is not null;

    /// <summary>Takes what a draft says; the same again, or older, changes nothing.</summary>
    /// <param name="draft">What a rule says.</param>
    /// <param name="partOf">Id of the alert that it says this one is part of; null for none.</param>
    public void Take(AlertDraft draft, string? partOf = null)
    {
        var found = Find(draft.Evidence.EventId);
        var tracked = found ?? Track(draft.Evidence.EventId);
        var grown = tracked.Grow(draft.Details);
        var changed = grown | DetailsJoin.Into(_details, draft.Details) | Name(draft.Details);
        if (tracked.Ended ? !draft.Ended && grown : draft.Ended)
        {
            tracked.Ended = draft.Ended;
            changed = _isUrgent = true;
        }

        _isUrgent |= found is null || draft.Severity > Alert.Severity;

        changed |= Witness(draft.Evidence, isNew: found is null, changed);
        changed |= Raise(draft);
        if (draft.PartOf is not null && Alert.MergedInto != partOf)
        {
            Alert = Alert with { MergedInto = partOf };
            changed = true;
        }

        Changed |= changed;
    }

    /// <summary>Makes <see cref="Alert"/> say all that was taken, and closes it when nothing of it remains open.</summary>
    /// <param name="mayReopen">No newer alert of the same key stands in the way.</param>
    public void Settle(bool mayReopen)
    {
        if (!Changed)
            return;

        _isUrgent = false;
        (_toldUntil, _toldPackets) = (Alert.LastSeen, Packets);
        var ended = _events.TrueForAll(tracked => tracked.Ended);
        WasClosed |= Alert.Closed is null && ended;
        Alert = Version() with
        {
            Closed = ended || (Alert.Closed is not null && !mayReopen) ? Alert.LastSeen : null,
        };
    }

    /// <summary>What the store must take: older versions whose events it has not seen, then the newest.</summary>
    public IEnumerable<Alert> ToSave() => _versions.Append(Alert);

    public void Saved()
    {
        IsUnsaved = false;
        _versions.Clear();
        _unsavedEvents.Clear();
    }

    public void Published() => (Changed, IsNew, WasClosed) = (false, false, false);

    private TrackedEvent? Find(string eventId) => _events.Find(tracked => tracked.Id == eventId);

    private TrackedEvent Track(string eventId)
    {
        if (_events.Count >= MostEvents)
        {
            var given = Math.Max(0, _events.FindIndex(tracked => tracked.Ended));
            if (!_events[given].Ended)
                _details[AlertDetails.PacketsAtLeast] = true;

            _earlier.Add(_events[given]);
            _events.RemoveAt(given);
        }

        // Two events may share destinations, so the largest count of either is a lower bound from here on.
        if (_events.Count + _earlier.Count > 0 && _details.ContainsKey(AlertDetails.DestinationsAtLeast))
            _details[AlertDetails.DestinationsAtLeast] = true;

        var tracked = new TrackedEvent(eventId);
        _events.Add(tracked);
        return tracked;
    }

    // A sum that is zero is said too, once an event speaks of it.
    private bool Name(JsonObject details)
    {
        var changed = false;
        foreach (var key in TrackedEvent.SumKeys)
        {
            if (details.ContainsKey(key) && !_details.ContainsKey(key))
            {
                _details[key] = 0L;
                changed = true;
            }
        }

        return changed;
    }

    private bool Witness(Evidence news, bool isNew, bool changed)
    {
        var index = _evidence.FindIndex(evidence => evidence.EventId == news.EventId);
        if (index >= 0)
        {
            var held = _evidence[index];
            if (news.Packets < held.Packets || news.To < held.To)
                return false;

            if (news.Packets == held.Packets && news.To == held.To && news.From >= held.From)
                return false;

            _evidence[index] = news with { From = news.From < held.From ? news.From : held.From };
            return true;
        }

        // Evidence given up before comes back only when it has something new to say.
        if (!isNew && !changed)
            return false;

        if (!isNew)
            Alert = Alert with { EvidenceDropped = Alert.EvidenceDropped - 1 };

        if (_evidence.Count >= MostEvidence)
            DropOldest();

        _evidence.Add(news);
        _unsavedEvents.Add(news.EventId);
        return true;
    }

    // The store learns events from evidence; what it has not seen yet is handed over in a version of its own first.
    private void DropOldest()
    {
        var index = Math.Max(0, _evidence.FindIndex(evidence => Find(evidence.EventId) is not { Ended: false }));
        if (_unsavedEvents.Contains(_evidence[index].EventId))
        {
            if (_versions.Count >= MostVersions)
                _versions.RemoveAt(0);

            _versions.Add(Version());
            _unsavedEvents.Clear();
        }

        _evidence.RemoveAt(index);
        Alert = Alert with { EvidenceDropped = Alert.EvidenceDropped + 1 };
    }

    private bool Raise(AlertDraft draft)
    {
        var before = Alert;
        var evidence = draft.Evidence;
        var known = draft.Details.ContainsKey(AlertDetails.KnownScanner);
        Alert = Alert with
        {
            Severity = known || draft.Severity > before.Severity ? draft.Severity : before.Severity,
            Confidence = Math.Max(before.Confidence, draft.Confidence),
            FirstSeen = evidence.From < before.FirstSeen ? evidence.From : before.FirstSeen,
            LastSeen = evidence.To > before.LastSeen ? evidence.To : before.LastSeen,
            Updated = evidence.To > before.Updated ? evidence.To : before.Updated,
            Simulated = before.Simulated || draft.Simulated,
            Sensors = draft.Sensors.Append(evidence.Sensor).All(before.Sensors.Contains)
                ? before.Sensors
                : [.. before.Sensors.Union(draft.Sensors).Append(evidence.Sensor).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        return Alert != before;
    }

    private Alert Version()
    {
        for (var key = 0; key < TrackedEvent.SumKeys.Length; key++)
        {
            var sum = _earlier.Sum(key) + _events.Sum(tracked => tracked.Sum(key));
            if (_details.ContainsKey(TrackedEvent.SumKeys[key]))
                _details[TrackedEvent.SumKeys[key]] = sum;
        }

        var details = (JsonObject)_details.DeepClone();
        details.Remove(AlertDetails.Events);
        details[AlertDetails.Events] = new JsonArray([.. _events.Select(tracked => tracked.ToJson())]);
        if (_earlier.Count > 0)
            details[AlertDetails.Earlier] = _earlier.ToJson();

        return Alert with
        {
            Details = details,
            Evidence = [.. _evidence],
            Summary = _narrator?.Tell(Alert.Subject, details) ?? Alert.Summary,
        };
    }
}
