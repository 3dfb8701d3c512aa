using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Center;

/// <summary>Says of one alert whether a query would find it; for followers, who see alerts before they ask the store.</summary>
internal static class AlertFilter
{
    public static bool Matches(AlertQuery query, Alert alert) =>
        MatchesKind(query.Kind, alert.Kind)
        && MatchesSubject(query.Subject, alert.Subject)
        && (query.AtLeast is null || alert.Severity >= query.AtLeast)
        && (query.From is null || alert.Opened >= query.From)
        && (query.To is null || alert.Opened < query.To)
        && (query.Open is null || query.Open == (alert.Closed is null))
        && (query.Acknowledged is null || query.Acknowledged == (alert.Acknowledged is not null))
        && (query.Country is null || alert.Facts.Country.Equals(query.Country, StringComparison.OrdinalIgnoreCase))
        && (query.Asn is null || alert.Facts.Asn == query.Asn)
        && (query.Sensor is null || alert.Sensors.Contains(query.Sensor))
        && MatchesText(query.Text, alert);

    // As the store: a kind that stands in the catalogue is exact, anything else is the start of kinds.
    private static bool MatchesKind(string? wanted, string kind) =>
        wanted is null || kind == wanted
        || (!EventCatalog.AlertKinds.Contains(wanted) && kind.StartsWith(wanted, StringComparison.Ordinal));

    private static bool MatchesSubject(string? wanted, Subject subject)
    {
        if (wanted is null || wanted == subject.Value)
            return true;

        return Prefix.TryParse(wanted, null, out var prefix)
            && Address.TryParse(subject.Value, null, out var address)
            && prefix.Contains(address);
    }

    private static bool MatchesText(string? text, Alert alert) =>
        text is null || text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            alert.Summary.Contains(word, StringComparison.OrdinalIgnoreCase)
            || alert.Subject.Value.Contains(word, StringComparison.OrdinalIgnoreCase));
}
