using Kizashi.Portal.Language;

namespace Kizashi.Portal.Components;

/// <summary>A part of a page's address that could not be read, and so was not applied.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Value">As it stands there; null where the parameter itself is unknown.</param>
internal sealed record AddressFault(string Name, string? Value)
{
    private const int MostShown = 80;

    public string Text(Words words) => Value is null
        ? words["address.unknown", Cut(Name)]
        : words["address.unreadable", Cut(Name), Cut(Value)];

    private static string Cut(string text) => text.Length > MostShown ? text[..MostShown] + "…" : text;
}
