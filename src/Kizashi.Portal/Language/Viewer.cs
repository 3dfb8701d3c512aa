using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Kizashi.Portal.Language;

/// <summary>
/// Language, time zone and theme of whoever looks; read from cookies once and carried over into the page's circuit.
/// </summary>
internal sealed class Viewer
{
    public const string LanguageCookie = "kizashi-language";
    public const string ZoneCookie = "kizashi-zone";
    public const string ThemeCookie = "kizashi-theme";

    private Words? _words;

    [PersistentState]
    public string? Language { get; set; }

    [PersistentState]
    public string? ZoneName { get; set; }

    [PersistentState]
    public string? Theme { get; set; }

    public Words Words => _words ??= new Words(Texts.Of(Language), FindZone(ZoneName));

    public void Read(HttpRequest request)
    {
        Language = request.Cookies[LanguageCookie] is { } chosen && Texts.Codes.Contains(chosen)
            ? chosen
            : Preferred(request);
        ZoneName = request.Cookies[ZoneCookie];
        Theme = request.Cookies[ThemeCookie] is "light" or "dark" ? request.Cookies[ThemeCookie] : "system";
        _words = null;
    }

    private static string Preferred(HttpRequest request)
    {
        var ranges = request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(range => range.Value.ToString());
        foreach (var range in ranges)
        {
            var language = range.Split('-')[0].ToLowerInvariant();
            if (Texts.Codes.Contains(language))
                return language;
        }

        return Texts.Codes[0];
    }

    // The name comes from a cookie: anything the zone table does not know is UTC.
    private static TimeZoneInfo FindZone(string? name) =>
        name is { Length: > 0 and <= 64 }
        && !name.Contains("..", StringComparison.Ordinal)
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : TimeZoneInfo.Utc;
}
