using Kizashi.Core.Alerts;
using Kizashi.Core.Observations;

namespace Kizashi.Core.Storage;

/// <summary>Keeps alerts, their samples, and what people said of them.</summary>
public interface IAlertStore
{
    Alert? Find(string id);

    /// <summary>The newest alert of a key, open or closed.</summary>
    Alert? Latest(string kind, string subject);

    /// <summary>The alert that has ever taken evidence of this event, null if none.</summary>
    Alert? FindByEvent(string eventId);

    IReadOnlyList<Alert> Query(AlertQuery query);

    long Count(AlertQuery query);

    /// <summary>Open alerts, all of them, for the life cycle after a restart.</summary>
    IReadOnlyList<Alert> Open();

    /// <summary>Writes the machine's side of alerts in one transaction and remembers the events of their evidence for good.</summary>
    /// <remarks>
    /// What people added is kept. The same content twice changes nothing. An alert may come in several versions, the newest
    /// last: that one is kept, and the events of all of them are remembered.
    /// </remarks>
    void Save(IReadOnlyCollection<Alert> alerts);

    /// <summary>Adds raw packets to an alert, the earliest and latest kept, at most 16 in all.</summary>
    void AddSamples(string alertId, IReadOnlyList<PacketSample> samples);

    IReadOnlyList<PacketSample> Samples(string alertId);

    /// <summary>Changes what people add: acknowledge, assign, verdict, notes. Null when there is no such alert.</summary>
    Alert? Annotate(string id, Func<Alert, Alert> change);
}
