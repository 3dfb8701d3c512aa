using System.Globalization;

namespace Kizashi.Cli.Commands;

/// <summary>A point in time as people type it: 90m, 24h, 7d ago, or an ISO 8601 time, UTC unless it says otherwise.</summary>
internal static class MomentText
{
    public static DateTimeOffset Parse(string option, string text, TimeProvider time)
    {
        if (TryParseLength(text, out var ago))
            return time.GetUtcNow() - ago;

        if (DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
        {
            return moment;
        }

        throw new CommandException(ExitCodes.Usage, $"{option} '{text}' is neither a length such as 24h nor a time such as 2026-11-23T06:00Z");
    }

    public static bool TryParseLength(string text, out TimeSpan length)
    {
        length = default;
        if (text.Length < 2 || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;

        var seconds = text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            'w' => 7 * 86_400,
            _ => 0,
        };
        if (seconds == 0 || number * seconds > TimeSpan.FromDays(36_500).TotalSeconds)
            return false;

        length = TimeSpan.FromSeconds(number * seconds);
        return true;
    }
}
