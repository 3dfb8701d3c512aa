using System.Text.Json;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Store.Embedded.Segments;
using Microsoft.Data.Sqlite;

namespace Kizashi.Store.Embedded.Alerts;

/// <summary>
/// How an alert is laid out in SQLite: the machine's side as JSON, beside it what is searched and what people added.
/// </summary>
internal static class AlertRow
{
    /// <summary>The columns that <see cref="Read"/> takes.</summary>
    public const string Columns =
        "alert_body.body, alert.acknowledged, alert.acknowledged_by, alert.assigned_to, alert.verdict, alert.notes";

    public static Alert Read(SqliteDataReader row)
    {
        var alert = JsonSerializer.Deserialize<Alert>(row.GetString(0), KizashiJson.Options)
            ?? throw new InvalidDataException("A stored alert is empty.");
        return alert with
        {
            Acknowledged = row.IsDBNull(1) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            AcknowledgedBy = Text(row, 2),
            AssignedTo = Text(row, 3),
            Verdict = Text(row, 4) is { } verdict ? Enum.Parse<Verdict>(verdict) : Verdict.None,
            Notes = Text(row, 5) is { } notes
                ? JsonSerializer.Deserialize<List<AlertNote>>(notes, KizashiJson.Options) ?? []
                : [],
        };
    }

    /// <summary>
    /// The machine's side alone, so that saving it again never brings back what people have changed since.
    /// </summary>
    public static string Body(Alert alert) => JsonSerializer.Serialize(
        alert with { Acknowledged = null, AcknowledgedBy = null, AssignedTo = null, Verdict = Verdict.None, Notes = [] },
        KizashiJson.Options);

    public static string? Notes(Alert alert) =>
        alert.Notes.Count == 0 ? null : JsonSerializer.Serialize(alert.Notes, KizashiJson.Options);

    /// <summary>What a search for words looks through.</summary>
    public static string SearchText(Alert alert) =>
        $"{alert.Subject.Value}\n{alert.Summary}".ToLowerInvariant();

    public static byte[]? AddressKey(Subject subject) =>
        subject.Kind == SubjectKind.Address && Address.TryParse(subject.Value, out var address)
            ? BatchLedger.ToBytes(address.Value)
            : null;

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
