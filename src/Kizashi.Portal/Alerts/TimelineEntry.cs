using Kizashi.Core.Alerts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Alerts;

/// <summary>One moment in an alert's life.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">A style: start, end, event, person.</param>
/// <param name="Text">What happened; may hold text of attackers and of people.</param>
internal sealed record TimelineEntry(DateTimeOffset At, string Kind, string Text)
{
    /// <summary>More evidence than this is summed up in the table instead.</summary>
    private const int MostEvents = 12;

    public static IReadOnlyList<TimelineEntry> Of(Alert alert, Words words)
    {
        var entries = new List<TimelineEntry>
        {
            new(alert.FirstSeen, "start", words["timeline.first"]),
            new(alert.Opened, "start", words["timeline.opened"]),
            new(alert.LastSeen, "event", words["timeline.last"]),
        };
        entries.AddRange(alert.Evidence.TakeLast(MostEvents).Select(evidence =>
            new TimelineEntry(evidence.From, "event", $"{evidence.Sensor}: {EvidenceSentence.Of(alert.Kind, evidence, words)}")));
        entries.AddRange(alert.Notes.Select(note =>
            new TimelineEntry(note.At, "person", $"{note.Who}: {Note(note.Text, words)}")));
        if (alert.Closed is { } closed)
            entries.Add(new(closed, "end", words["timeline.closed"]));
        return [.. entries.OrderBy(entry => entry.At)];
    }

    // Deeds are stored in English; what people wrote stays as it is.
    private static string Note(string text, Words words)
    {
        const string Assigned = "assigned to ";
        if (text.StartsWith(Assigned, StringComparison.Ordinal))
            return words["note.assigned", text[Assigned.Length..]];

        return text switch
        {
            "acknowledged" => words["note.acknowledged"],
            "acknowledgement withdrawn" => words["note.withdrawn"],
            "unassigned" => words["note.unassigned"],
            "verdict: none" or "verdict: true" or "verdict: false" or "verdict: duplicate" =>
                words["note.verdict", words["verdict." + text["verdict: ".Length..]]],
            _ => text,
        };
    }
}
