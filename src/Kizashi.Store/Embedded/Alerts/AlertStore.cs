using System.IO.Hashing;
using System.Text.Json;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.State;

namespace Kizashi.Store.Embedded.Alerts;

/// <summary>Alerts in SQLite.</summary>
internal sealed class AlertStore(StateDatabase state) : IAlertStore
{
    private const int MostSamples = 16;
    private const string From = " FROM alert JOIN alert_body ON alert_body.id = alert.id";
    private const string Select = "SELECT " + AlertRow.Columns + From;

    public Alert? Find(string id) => state.Read(session => Find(session, id));

    public Alert? Latest(string kind, string subject) => state.Read(session => session.First(
        Select + " WHERE kind = $0 AND subject = $1 ORDER BY opened DESC, alert.id DESC LIMIT 1",
        AlertRow.Read, kind, subject));

    public Alert? FindByEvent(string eventId) => state.Read(session => session.First(
        Select + " WHERE alert.id = (SELECT alert FROM alert_event WHERE event = $0)", AlertRow.Read, eventId));

    public IReadOnlyList<Alert> Query(AlertQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return state.ReadConsistently<IReadOnlyList<Alert>>(session =>
        {
            var filter = new AlertFilter(query);
            if (query.After is { } after)
            {
                if (session.First("SELECT opened FROM alert WHERE id = $0", row => (object)row.GetInt64(0), after)
                    is not long opened)
                {
                    return [];
                }

                filter.After(opened, after, query.NewestFirst);
            }

            var order = query.NewestFirst ? " ORDER BY alert.opened DESC, alert.id DESC" : " ORDER BY alert.opened, alert.id";
            var where = filter.Where;
            var most = filter.Parameter(Math.Clamp(query.Most, 1, 10_000));
            return session.Rows(Select + where + order + " LIMIT " + most, AlertRow.Read, filter.Values);
        });
    }

    public long Count(AlertQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var filter = new AlertFilter(query);
        return state.Read(session => session.Number("SELECT count(*) FROM alert" + filter.Where, filter.Values));
    }

    public IReadOnlyList<Alert> Open() => state.Read(session => session.Rows(
        Select + " WHERE closed IS NULL ORDER BY opened, alert.id", AlertRow.Read));

    public void Save(IReadOnlyCollection<Alert> alerts)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        if (alerts.Count == 0)
            return;

        state.Write(session =>
        {
            foreach (var alert in alerts)
                Save(session, alert);
        });
    }

    public void AddSamples(string alertId, IReadOnlyList<PacketSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count == 0)
            return;

        state.Write(session =>
        {
            foreach (var sample in samples)
            {
                session.Execute(
                    "INSERT OR IGNORE INTO alert_sample VALUES ($0, $1, $2, $3)",
                    alertId, sample.TimeMicros, unchecked((long)XxHash64.HashToUInt64(sample.Bytes)),
                    JsonSerializer.Serialize(sample, KizashiJson.Options));
            }

            // The earliest half and the latest half stay.
            session.Execute(
                """
                DELETE FROM alert_sample WHERE alert = $0 AND (time_us, hash) IN (
                    SELECT time_us, hash FROM alert_sample WHERE alert = $0 ORDER BY time_us, hash
                    LIMIT max(0, (SELECT count(*) FROM alert_sample WHERE alert = $0) - $1) OFFSET $2)
                """,
                alertId, MostSamples, MostSamples / 2);
        });
    }

    public IReadOnlyList<PacketSample> Samples(string alertId) => state.Read(session => session.Rows(
        "SELECT body FROM alert_sample WHERE alert = $0 ORDER BY time_us, hash",
        row => JsonSerializer.Deserialize<PacketSample>(row.GetString(0), KizashiJson.Options)
            ?? throw new InvalidDataException("A stored sample is empty."),
        alertId));

    public Alert? Annotate(string id, Func<Alert, Alert> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return state.Write(session =>
        {
            if (Find(session, id) is not { } alert)
                return null;

            var changed = change(alert);
            session.Execute(
                """
                UPDATE alert SET acknowledged = $1, acknowledged_by = $2, assigned_to = $3, verdict = $4, notes = $5
                WHERE id = $0
                """,
                id, changed.Acknowledged?.ToUnixTimeMilliseconds(), changed.AcknowledgedBy, changed.AssignedTo,
                changed.Verdict == Verdict.None ? null : changed.Verdict.ToString(), AlertRow.Notes(changed));
            return Find(session, id);
        });
    }

    private static Alert? Find(SqliteSession session, string id) =>
        session.First(Select + " WHERE alert.id = $0", AlertRow.Read, id);

    private static void Save(SqliteSession session, Alert alert)
    {
        session.Execute(
            """
            INSERT INTO alert (id, kind, subject, address, severity, opened, closed, country, asn, text)
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, subject = excluded.subject, address = excluded.address,
                severity = excluded.severity, opened = excluded.opened, closed = excluded.closed,
                country = excluded.country, asn = excluded.asn, text = excluded.text
            """,
            alert.Id, alert.Kind, alert.Subject.Value, AlertRow.AddressKey(alert.Subject), (int)alert.Severity,
            alert.Opened.ToUnixTimeMilliseconds(), alert.Closed?.ToUnixTimeMilliseconds(), alert.Facts.Country,
            (long)alert.Facts.Asn, AlertRow.SearchText(alert));
        session.Execute(
            "INSERT INTO alert_body VALUES ($0, $1) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            alert.Id, AlertRow.Body(alert));
        foreach (var sensor in alert.Sensors)
            session.Execute("INSERT OR IGNORE INTO alert_sensor VALUES ($0, $1)", sensor, alert.Id);

        // The first alert of an event stays its alert, also when a later one takes it over.
        foreach (var evidence in alert.Evidence)
            session.Execute("INSERT OR IGNORE INTO alert_event VALUES ($0, $1)", evidence.EventId, alert.Id);
    }
}
