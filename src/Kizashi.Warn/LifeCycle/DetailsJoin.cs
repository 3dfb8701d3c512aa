using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;

namespace Kizashi.Warn.LifeCycle;

/// <summary>Joins the details of several events of one alert. Every rule is monotone, so that older news changes nothing.</summary>
internal static class DetailsJoin
{
    public const int MostWords = 256;

    // How it is now, up or down.
    private static readonly HashSet<string> Newest = [AlertDetails.Rate];
    private static readonly HashSet<string> Sums = [.. TrackedEvent.SumKeys];

    /// <summary>Sums are left alone (they are kept per event); numbers and days take the largest (a rate the newest), flags the true one, lists the union, texts the newest.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool Into(JsonObject joined, JsonObject news)
    {
        var changed = false;
        foreach (var (key, value) in news)
        {
            if (value is null || Sums.Contains(key))
                continue;

            if (joined[key] is not { } held)
            {
                joined[key] = value.DeepClone();
                changed = true;
                continue;
            }

            changed |= (held, value) switch
            {
                (JsonArray list, JsonArray more) when ObjectsJoin.Holds(key) => ObjectsJoin.Into(key, list, more),
                (JsonArray list, JsonArray more) => Unite(joined, key, list, more),
                (JsonValue old, JsonValue now) => Raise(joined, key, old, now),
                _ => false,
            };
        }

        return changed;
    }

    private static bool Unite(JsonObject joined, string key, JsonArray list, JsonArray more)
    {
        var known = list.Select(word => (string?)word).ToHashSet();
        var changed = false;
        foreach (var word in more.Select(word => (string?)word))
        {
            if (known.Contains(word))
                continue;

            if (list.Count >= MostWords)
                return changed | MarkFull(joined, key);

            list.Add((JsonNode?)word);
            known.Add(word);
            changed = true;
        }

        return changed;
    }

    private static bool MarkFull(JsonObject joined, string key)
    {
        if (key != AlertDetails.Ports || joined.ContainsKey(AlertDetails.PortsMore))
            return false;

        joined[AlertDetails.PortsMore] = true;
        return true;
    }

    private static bool Raise(JsonObject joined, string key, JsonValue old, JsonValue now)
    {
        if (Flag(now) is { } flag)
            return flag && Flag(old) == false && Set(joined, key, now);

        if (Number(now) is { } number)
            return (Newest.Contains(key) ? number != Number(old) : number > Number(old)) && Set(joined, key, now);

        var (before, after) = (old.ToString(), now.ToString());
        return key == AlertDetails.Day
            ? string.CompareOrdinal(after, before) > 0 && Set(joined, key, now)
            : after != before && Set(joined, key, now);
    }

    private static bool Set(JsonObject joined, string key, JsonValue value)
    {
        joined[key] = value.DeepClone();
        return true;
    }

    private static bool? Flag(JsonValue value) => value.TryGetValue(out bool flag) ? flag : null;

    private static double? Number(JsonValue value) =>
        value.TryGetValue(out double number) ? number : value.TryGetValue(out long whole) ? whole : null;
}
