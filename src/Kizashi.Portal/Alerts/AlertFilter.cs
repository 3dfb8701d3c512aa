using System.Globalization;
using System.Text;
using Kizashi.Core.Alerts;
using Kizashi.Core.Storage;
using Kizashi.Portal.Components;
using Kizashi.Portal.Overviews;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Kizashi.Portal.Alerts;

/// <summary>Which alerts a page lists, as its address says it; empty strings do not filter.</summary>
internal sealed record AlertFilter
{
    public const int PageSize = 50;

    private const int MaximumText = 200;

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "kind", "subject", "severity", "state", "ack", "country", "asn", "sensor", "text", "from", "to", "order", "after",
    };

    public string Kind { get; init; } = "";

    public string Subject { get; init; } = "";

    /// <summary>low, medium, high, critical.</summary>
    public string Severity { get; init; } = "";

    /// <summary>open, closed.</summary>
    public string State { get; init; } = "";

    /// <summary>yes, no.</summary>
    public string Acknowledged { get; init; } = "";

    public string Country { get; init; } = "";

    public string Asn { get; init; } = "";

    public string Sensor { get; init; } = "";

    public string Text { get; init; } = "";

    public string From { get; init; } = "";

    public string To { get; init; } = "";

    /// <summary>oldest; anything else is newest first.</summary>
    public string Order { get; init; } = "";

    /// <summary>Id of the last alert of the page before.</summary>
    public string After { get; init; } = "";

    /// <summary>How many filters are set, paging and order aside.</summary>
    public int Set => Pairs().Count(pair => pair.Name is not ("after" or "order"));

    public static AlertFilter Parse(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string Get(string name) => values.TryGetValue(name, out var value) && IsReadable(value) ? value[0]!.Trim() : "";
        return new AlertFilter
        {
            Kind = Get("kind"),
            Subject = Get("subject"),
            Severity = Get("severity"),
            State = Get("state"),
            Acknowledged = Get("ack"),
            Country = Get("country").ToUpperInvariant(),
            Asn = Get("asn"),
            Sensor = Get("sensor"),
            Text = Get("text"),
            From = Get("from"),
            To = Get("to"),
            Order = Get("order"),
            After = Get("after"),
        };
    }

    /// <summary>
    /// What of an address <see cref="Parse(string)"/> leaves out because it does not understand it: unknown
    /// parameters, values that cannot be read, are too long or stand there twice.
    /// </summary>
    public static IReadOnlyList<AddressFault> Faults(string query)
    {
        var filter = Parse(query);
        var applied = filter.ToQuery(PageSize);
        var faults = new List<AddressFault>();
        foreach (var (name, value) in QueryHelpers.ParseQuery(query))
        {
            if (name.Length > 0 && !Names.Contains(name))
                faults.Add(new(name, null));
            else if (!IsReadable(value) || !IsUnderstood(name.ToLowerInvariant(), filter, applied))
                faults.Add(new(name, value.ToString()));
        }

        return faults;
    }

    public static AlertFilter Parse(HttpRequest request) => Parse(request.QueryString.Value ?? "");

    /// <param name="most">Alerts on a page.</param>
    public AlertQuery ToQuery(int most) => new()
    {
        Kind = OrNull(Kind),
        Subject = OrNull(Subject),
        AtLeast = Enum.TryParse<Severity>(Severity, ignoreCase: true, out var severity) && Enum.IsDefined(severity)
            ? severity
            : null,
        Open = State switch { "open" => true, "closed" => false, _ => null },
        Acknowledged = Acknowledged switch { "yes" => true, "no" => false, _ => null },
        Country = OrNull(Country),
        Asn = ParseAsn(Asn),
        Sensor = OrNull(Sensor),
        Text = OrNull(Text),
        From = RangeChoice.TryTime(From, out var from) ? from : null,
        To = RangeChoice.TryTime(To, out var to) ? to : null,
        NewestFirst = Order != "oldest",
        After = OrNull(After),
        Most = most,
    };

    /// <summary>The query part of an address, with its question mark, or nothing.</summary>
    public string ToQueryString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Pairs())
            text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return text.ToString();
    }

    public IEnumerable<(string Name, string Value)> Pairs() => new (string Name, string Value)[]
    {
        ("kind", Kind), ("subject", Subject), ("severity", Severity), ("state", State), ("ack", Acknowledged),
        ("country", Country), ("asn", Asn), ("sensor", Sensor), ("text", Text), ("from", From), ("to", To),
        ("order", Order), ("after", After),
    }.Where(pair => pair.Value.Length > 0);

    public static uint? ParseAsn(string text) => uint.TryParse(
        text.StartsWith("AS", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text,
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out var asn)
        ? asn
        : null;

    private static bool IsReadable(StringValues value) => value is [{ } text] && text.Trim().Length <= MaximumText;

    private static bool IsUnderstood(string name, AlertFilter filter, AlertQuery applied) => name switch
    {
        "severity" => filter.Severity.Length == 0 || applied.AtLeast is not null,
        "state" => filter.State.Length == 0 || applied.Open is not null,
        "ack" => filter.Acknowledged.Length == 0 || applied.Acknowledged is not null,
        "asn" => filter.Asn.Length == 0 || applied.Asn is not null,
        "from" => filter.From.Length == 0 || applied.From is not null,
        "to" => filter.To.Length == 0 || applied.To is not null,
        "order" => filter.Order is "" or "newest" or "oldest",
        _ => true,
    };

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
