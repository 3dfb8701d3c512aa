using System.Globalization;
using System.Text.Json.Nodes;

namespace Kizashi.Warn.Rules;

/// <summary>Words that several rules share: counts, ports, lists.</summary>
internal static class Wording
{
    public static string Count(double count, string one, string? many = null)
    {
        var rounded = Math.Round(count);
        var number = rounded.ToString("N0", CultureInfo.InvariantCulture);
        return rounded == 1 ? $"1 {one}" : $"{number} {many ?? one + "s"}";
    }

    public static string Percent(double share) =>
        (share * 100).ToString(share < 0.1 ? "0.##" : "0", CultureInfo.InvariantCulture) + " %";

    public static string Protocol(byte number) => number switch
    {
        1 => "icmp",
        2 => "igmp",
        6 => "tcp",
        17 => "udp",
        47 => "gre",
        50 => "esp",
        58 => "icmp6",
        132 => "sctp",
        _ => string.Create(CultureInfo.InvariantCulture, $"protocol-{number}"),
    };

    /// <summary>tcp/23; without the port where the protocol has none.</summary>
    public static string Port(byte protocol, ushort port) => protocol is 6 or 17 or 132
        ? string.Create(CultureInfo.InvariantCulture, $"{Protocol(protocol)}/{port}")
        : Protocol(protocol);

    public static JsonArray Words(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)word)];

    public static IReadOnlyList<string> Read(JsonObject details, string key) =>
        details[key] is JsonArray words ? [.. words.Select(word => word!.GetValue<string>())] : [];

    public static double Number(JsonObject details, string key) =>
        details[key] is JsonValue value && value.TryGetValue(out double number) ? number
        : details[key] is JsonValue whole && whole.TryGetValue(out long integer) ? integer
        : 0;

    public static string Text(JsonObject details, string key) =>
        details[key] is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    public static bool Flag(JsonObject details, string key) =>
        details[key] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    /// <summary>"tcp/23", "tcp/23 and tcp/80", "tcp/23, tcp/80, udp/53 and 7 more".</summary>
    public static string List(IReadOnlyList<string> words, bool more = false)
    {
        const int Shown = 3;
        if (more)
            return $"{string.Join(", ", words.Take(Shown))} and more than {words.Count - Shown} others";

        return words.Count switch
        {
            0 => "",
            1 => words[0],
            <= Shown + 1 => $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}",
            _ => $"{string.Join(", ", words.Take(Shown))} and {words.Count - Shown} more",
        };
    }

    public static string AtLeast(bool lowerBound) => lowerBound ? "at least " : "";
}
