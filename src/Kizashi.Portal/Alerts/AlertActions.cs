using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;

namespace Kizashi.Portal.Alerts;

/// <summary>What people do to alerts; each deed leaves a note, and every open page learns of it.</summary>
internal sealed class AlertActions(IAlertStore store, ILiveFeed feed, TimeProvider time)
{
    public const int MaximumNote = 4_000;

    /// <summary>Bounds what one alert can grow to; the oldest notes are given up.</summary>
    private const int MostNotes = 500;

    public Alert? Acknowledge(string id, string who) => Change(id, who, "acknowledged", (alert, now) =>
        alert.Acknowledged is null ? alert with { Acknowledged = now, AcknowledgedBy = who } : alert);

    public Alert? Reopen(string id, string who) => Change(id, who, "acknowledgement withdrawn", (alert, _) =>
        alert with { Acknowledged = null, AcknowledgedBy = null });

    public Alert? Assign(string id, string who, string? to) => Change(
        id, who, to is null ? "unassigned" : "assigned to " + to, (alert, _) => alert with { AssignedTo = to });

    public Alert? Judge(string id, string who, Verdict verdict) => Change(
        id, who, "verdict: " + verdict.ToString().ToLowerInvariant(), (alert, _) => alert with { Verdict = verdict });

    public Alert? Comment(string id, string who, string text) =>
        text.Trim() is { Length: > 0 and <= MaximumNote } note
            ? Change(id, who, note, (alert, _) => alert)
            : store.Find(id);

    private Alert? Change(string id, string who, string note, Func<Alert, DateTimeOffset, Alert> change)
    {
        var now = time.GetUtcNow();
        var changed = store.Annotate(id, alert => change(alert, now) with
        {
            Notes = [.. alert.Notes.TakeLast(MostNotes - 1), new AlertNote(now, who, note)],
        });
        if (changed is not null)
            feed.Publish(new AlertChanged(changed, IsNew: false));
        return changed;
    }
}
