using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kizashi.Portal.Alerts;

/// <summary>Reads an alert's details without trusting that a key is there or of the right type.</summary>
internal static class DetailReading
{
    public static long? Long(this JsonObject details, string key) =>
        Number(details, key) is { } number and > long.MinValue and < long.MaxValue ? (long)number : null;

    public static double? Number(this JsonObject details, string key) =>
        details[key] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static bool Flag(this JsonObject details, string key) =>
        details[key] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static string? Text(this JsonObject details, string key) =>
        details[key] is JsonValue value && IsText(value) ? value.GetValue<string>() : null;

    public static IReadOnlyList<string> Texts(this JsonObject details, string key) =>
        details[key] is JsonArray array
            ? [.. array.OfType<JsonValue>().Where(IsText).Select(value => value.GetValue<string>())]
            : [];

    private static bool IsText(JsonValue value) => value.GetValueKind() == JsonValueKind.String;
}
