using System.Globalization;
using Kizashi.Core.Addresses;
using Kizashi.Core.Storage;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Alerts;

/// <summary>Where the one search box leads.</summary>
internal static class SearchTarget
{
    private const int IdLength = 16;

    /// <summary>The path of the only page there is for what was typed, or of the filtered alerts.</summary>
    public static string Of(string typed, IAlertStore alerts)
    {
        typed = typed.Trim();
        if (typed.Length is 0 or > 200)
            return "/alerts";

        if (Address.TryParse(typed, out var address))
            return "/source/" + Uri.EscapeDataString(address.ToString());

        if (typed.Contains('/', StringComparison.Ordinal) && Prefix.TryParse(typed, out var prefix))
            return "/alerts" + new AlertFilter { Subject = prefix.ToString() }.ToQueryString();

        if (PortNames.Href(typed) is { } port)
            return port;

        if (typed.Length == IdLength && alerts.Find(typed.ToUpperInvariant()) is { } alert)
            return "/alerts/" + alert.Id;

        if (typed.StartsWith("AS", StringComparison.OrdinalIgnoreCase) && AlertFilter.ParseAsn(typed) is { } asn)
            return "/alerts" + new AlertFilter { Asn = asn.ToString(CultureInfo.InvariantCulture) }.ToQueryString();

        var found = alerts.Query(new AlertQuery { Text = typed, Most = 2 });
        return found.Count == 1
            ? "/alerts/" + found[0].Id
            : "/alerts" + new AlertFilter { Text = typed }.ToQueryString();
    }
}
