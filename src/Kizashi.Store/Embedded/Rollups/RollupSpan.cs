namespace Kizashi.Store.Embedded.Rollups;

/// <summary>Which rollups together make up one time range without counting anything twice.</summary>
/// <remarks>
/// Days inside the range come as days plus whatever is not yet folded into them, the hours beside them likewise, and the
/// edges as minutes. Bounds are seconds since 1970 UTC, aligned to minutes.
/// </remarks>
internal static class RollupSpan
{
    public const long Minute = 60;
    public const long Hour = 3600;
    public const long Day = 86_400;

    public static long Seconds(RollupLevel level) => level switch
    {
        RollupLevel.Minute => Minute,
        RollupLevel.Hour => Hour,
        _ => Day,
    };

    public static long Floor(long seconds, long step) => seconds - (((seconds % step) + step) % step);

    public static long Ceiling(long seconds, long step) => Floor(seconds + step - 1, step);

    /// <summary>
    /// The parts: rows of a level from a start inclusive to an end exclusive, only the unfolded ones if so marked.
    /// </summary>
    public static IEnumerable<(RollupLevel Level, long From, long To, bool OnlyUnfolded)> Parts(long from, long to)
    {
        var (hourFrom, hourTo) = (Ceiling(from, Hour), Floor(to, Hour));
        if (hourFrom >= hourTo)
            return [(RollupLevel.Minute, from, to, false)];

        var parts = new List<(RollupLevel, long, long, bool)>
        {
            (RollupLevel.Minute, from, hourFrom, false),
            (RollupLevel.Minute, hourFrom, hourTo, true),
            (RollupLevel.Minute, hourTo, to, false),
        };
        var (dayFrom, dayTo) = (Ceiling(hourFrom, Day), Floor(hourTo, Day));
        if (dayFrom >= dayTo)
        {
            parts.Add((RollupLevel.Hour, hourFrom, hourTo, false));
        }
        else
        {
            parts.Add((RollupLevel.Hour, hourFrom, dayFrom, false));
            parts.Add((RollupLevel.Hour, dayFrom, dayTo, true));
            parts.Add((RollupLevel.Hour, dayTo, hourTo, false));
            parts.Add((RollupLevel.Day, dayFrom, dayTo, false));
        }

        return parts.Where(part => part.Item2 < part.Item3);
    }
}
