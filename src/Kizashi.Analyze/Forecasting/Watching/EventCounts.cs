using System.Text.Json.Nodes;
using Kizashi.Core.Forecasts;

namespace Kizashi.Analyze.Forecasting.Watching;

/// <summary>Counts alerts or findings of an hour for a declaration, by what it names in them.</summary>
public sealed class EventCounts(SeriesDeclaration declaration)
{
    /// <summary>Counts each event as one.</summary>
    public const string Events = "events";

    // Somebody else chooses the words.
    private const int MostKeys = 100_000;
    private const int LongestKey = 200;

    private readonly Dictionary<string, double> _counts = new(StringComparer.Ordinal);

    /// <summary>So far, by key.</summary>
    public IReadOnlyDictionary<string, double> Counts => _counts;

    /// <summary>Words for which there was no room.</summary>
    public long LeftOut { get; private set; }

    /// <param name="written">The event as JSON.</param>
    public void Add(JsonObject written)
    {
        ArgumentNullException.ThrowIfNull(written);
        var amount = declaration.Count == Events ? 1 : Number(At(written, declaration.Count));
        if (amount is not { } number)
            return;

        if (declaration.By.Length == 0)
        {
            Add("", number);
            return;
        }

        var keys = At(written, declaration.By);
        if (keys is JsonArray list)
        {
            foreach (var key in list.Select(Word).Where(key => key.Length > 0).Distinct(StringComparer.Ordinal))
                Add(key, number);
        }
        else if (Word(keys) is { Length: > 0 } key)
        {
            Add(key, number);
        }
    }

    private static JsonNode? At(JsonObject written, string path)
    {
        JsonNode? node = written;
        foreach (var name in path.Split('.'))
            node = node is JsonObject part ? part[name] : null;

        return node;
    }

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out double number) && double.IsFinite(number) ? number
        : node is JsonValue whole && whole.TryGetValue(out long integer) ? integer
        : null;

    private static string Word(JsonNode? node)
    {
        var word = node is JsonValue value ? value.TryGetValue(out string? text) ? text : value.ToString() : "";
        return word.Length > LongestKey ? "" : word;
    }

    private void Add(string key, double number)
    {
        if (!_counts.ContainsKey(key) && _counts.Count >= MostKeys)
            LeftOut++;
        else
            _counts[key] = _counts.GetValueOrDefault(key) + number;
    }
}
