using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;

namespace Kizashi.Warn.LifeCycle;

/// <summary>Joins lists of objects, such as growth curves: the same thing stands once, with the largest numbers anybody said.</summary>
internal static class ObjectsJoin
{
    public const int Most = 512;

    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        [AlertDetails.Votes] = ["engine", "sensor"],
        [AlertDetails.Growth] = ["at", "sensor"],
        [AlertDetails.Vectors] = ["port", "sensor"],
        [AlertDetails.Edges] = ["from", "to"],
    };

    public static bool Holds(string key) => Names.ContainsKey(key);

    /// <summary>Past <see cref="Most"/> objects those are kept whose names sort last: of a curve the newest points.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool Into(string key, JsonArray held, JsonArray news)
    {
        var known = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var item in held.OfType<JsonObject>())
            known[NameOf(key, item)] = item;

        var changed = false;
        foreach (var item in news.OfType<JsonObject>())
        {
            var name = NameOf(key, item);
            if (known.TryGetValue(name, out var before))
                changed |= Raise(before, item);
            else if (known.Count < Most || string.CompareOrdinal(name, known.Keys.First()) > 0)
                changed |= Add(known, name, (JsonObject)item.DeepClone());
        }

        if (!changed)
            return false;

        held.Clear();
        foreach (var item in known.Values)
            held.Add((JsonNode)item);

        return true;
    }

    private static string NameOf(string key, JsonObject item) =>
        string.Join('\n', Names[key].Select(part => item[part]?.ToString() ?? ""));

    private static bool Add(SortedDictionary<string, JsonObject> known, string name, JsonObject item)
    {
        known[name] = item;
        if (known.Count > Most)
            known.Remove(known.Keys.First());

        return true;
    }

    // What goes with the largest score goes with it whole; other numbers are each the largest.
    private static bool Raise(JsonObject before, JsonObject news)
    {
        if (news.ContainsKey("score"))
            return Number(news["score"]) > Number(before["score"]) && Replace(before, news);

        var changed = false;
        foreach (var (part, value) in news)
        {
            if (value is null || !(Number(value) > Number(before[part])))
                continue;

            before[part] = value.DeepClone();
            changed = true;
        }

        return changed;
    }

    private static bool Replace(JsonObject before, JsonObject news)
    {
        foreach (var (part, value) in news)
            before[part] = value?.DeepClone();

        return true;
    }

    private static double? Number(JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue(out double number) ? number
        : value.TryGetValue(out long whole) ? whole
        : value.TryGetValue(out int small) ? small
        : null;
}
