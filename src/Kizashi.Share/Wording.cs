using System.Globalization;
using System.Text.Json;

namespace Kizashi.Share;

/// <summary>How values are written in every format: times with milliseconds and Z, enumerations as kebab-case words.</summary>
internal static class Wording
{
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string? Time(DateTimeOffset? time) => time is { } known ? Time(known) : null;

    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
