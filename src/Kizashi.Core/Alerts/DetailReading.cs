using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kizashi.Core.Alerts;

/// <summary>Reads an alert's details without trusting that a key is there or of the right type.</summary>
public static class DetailReading
{
    /// <summary>A number without its fraction; null when there is none.</summary>
    public static long? Whole(this JsonObject details, string key)
    {
        if (NumberText(details, key) is not { } text)
            return null;

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : details.Number(key) is { } number and > long.MinValue and < long.MaxValue ? (long)number : null;
    }

    /// <summary>A number; null when there is none.</summary>
    public static double? Number(this JsonObject details, string key) =>
        double.TryParse(NumberText(details, key), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>True only where the details say true.</summary>
    public static bool Flag(this JsonObject details, string key) =>
        Find(details, key) is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>A text; null when there is none.</summary>
    public static string? Text(this JsonObject details, string key) =>
        Find(details, key) is JsonValue value && IsText(value) ? value.GetValue<string>() : null;

    /// <summary>The texts of a list; empty when there is none.</summary>
    public static IReadOnlyList<string> Texts(this JsonObject details, string key) =>
        Find(details, key) is JsonArray array
            ? [.. array.OfType<JsonValue>().Where(IsText).Select(value => value.GetValue<string>())]
            : [];

    private static string? NumberText(JsonObject details, string key) =>
        Find(details, key) is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : null;

    private static JsonNode? Find(JsonObject details, string key)
    {
        ArgumentNullException.ThrowIfNull(details);
        return details[key];
    }

    private static bool IsText(JsonValue value) => value.GetValueKind() == JsonValueKind.String;
}
