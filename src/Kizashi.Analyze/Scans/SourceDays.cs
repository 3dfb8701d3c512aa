namespace Kizashi.Analyze.Scans;

/// <summary>Days as the aggressive definitions count them: UTC, numbered from 1970.</summary>
internal static class SourceDays
{
    public const long DayMillis = 86_400_000;

    public static int DayOf(long millis) => (int)(millis / DayMillis);

    public static DateOnly DateOf(int day) =>
        DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + day);
}
