using System.Text.Json;

namespace Kizashi.Portal.Alerts;

/// <summary>A filter the reader gave a name; kept in the browser.</summary>
/// <param name="Name">As the reader wrote it.</param>
/// <param name="Query">The query part of the address.</param>
internal sealed record SavedView(string Name, string Query)
{
    private const int Most = 50;
    private const int MaximumText = 50_000;

    /// <summary>What is in the browser's storage may be anything.</summary>
    public static List<SavedView> Parse(string? text)
    {
        if (text is not { Length: > 0 and <= MaximumText })
            return [];

        try
        {
            var views = JsonSerializer.Deserialize<List<SavedView?>>(text) ?? [];
            return
            [
                .. views.OfType<SavedView>()
                    .Where(view => view is { Name.Length: > 0 and <= 60, Query: not null })
                    .Select(view => view with { Query = AlertFilter.Parse(view.Query).ToQueryString() })
                    .DistinctBy(view => view.Name)
                    .Take(Most),
            ];
        }
        catch (JsonException)
        {
            // Not what this version wrote: the reader has no saved views.
            return [];
        }
    }

    public static string Write(IEnumerable<SavedView> views) => JsonSerializer.Serialize(views.TakeLast(Most));
}
