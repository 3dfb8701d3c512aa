using System.Globalization;
using Kizashi.Core.Storage;
using Kizashi.Portal.Components;

namespace Kizashi.Portal.Overviews;

/// <summary>Which stretch of time a page shows, as its address says it.</summary>
/// <param name="Preset">1h, 6h, 24h or 7d; null for fixed bounds.</param>
/// <param name="From">Fixed start.</param>
/// <param name="To">Fixed end.</param>
internal sealed record RangeChoice(string? Preset, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    private const int MostBuckets = 400;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_660);
    private static readonly TimeSpan FreshEnough = TimeSpan.FromMinutes(5);

    /// <summary>Bucket widths offered, in minutes.</summary>
    private static readonly int[] BucketMinutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

    private static readonly Dictionary<string, TimeSpan> Lengths = new(StringComparer.Ordinal)
    {
        ["1h"] = TimeSpan.FromHours(1),
        ["6h"] = TimeSpan.FromHours(6),
        ["24h"] = TimeSpan.FromHours(24),
        ["7d"] = TimeSpan.FromDays(7),
    };

    public static IReadOnlyList<string> Presets { get; } = ["1h", "6h", "24h", "7d"];

    public static RangeChoice Usual { get; } = new("24h");

    /// <summary>It moves with the clock and with what comes in.</summary>
    public bool IsLive => Preset is not null;

    /// <summary>The part of the address that says the same.</summary>
    public string Query => Preset is not null
        ? "range=" + Preset
        : $"from={Uri.EscapeDataString(Write(From!.Value))}&to={Uri.EscapeDataString(Write(To!.Value))}";

    /// <summary>Anything that cannot be read means the usual range.</summary>
    public static RangeChoice Parse(string? preset, string? from, string? to) =>
        TryTime(from, out var start) && TryTime(to, out var end) && start < end && end - start <= Longest
            ? new RangeChoice(null, start, end)
            : preset is not null && Lengths.ContainsKey(preset) ? new RangeChoice(preset) : Usual;

    /// <summary>What of an address <see cref="Parse"/> leaves out because it does not understand it.</summary>
    public static IReadOnlyList<AddressFault> Faults(string? preset, string? from, string? to)
    {
        var faults = new List<AddressFault>();
        if (preset is { Length: > 0 } && !Lengths.ContainsKey(preset))
            faults.Add(new("range", preset));

        // Bounds count only together.
        if (Parse(null, from, to).IsLive)
        {
            faults.AddRange(new[] { ("from", from), ("to", to) }
                .Where(bound => bound.Item2 is { Length: > 0 })
                .Select(bound => new AddressFault(bound.Item1, bound.Item2)));
        }

        return faults;
    }

    public static bool TryTime(string? text, out DateTimeOffset time) => DateTimeOffset.TryParse(
        text,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out time);

    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Where "now" is for this data: the clock, unless what is stored ends well before or after it (an old capture,
    /// a simulated day).
    /// </summary>
    public static DateTimeOffset Anchor(DateTimeOffset? latest, DateTimeOffset now) =>
        latest is { } newest && (newest - now).Duration() > FreshEnough ? newest : now;

    /// <summary>
    /// Bounds in whole buckets, so that the same question has the same answer for everybody who asks within one.
    /// </summary>
    public TimeRange Resolve(DateTimeOffset anchor)
    {
        var bucket = Bucket;
        if (Preset is null)
            return new TimeRange(From!.Value, To!.Value);

        var end = Ceiling(anchor, bucket);
        return new TimeRange(end - Lengths[Preset], end);
    }

    public TimeSpan Length => Preset is null ? To!.Value - From!.Value : Lengths[Preset];

    public TimeSpan Bucket
    {
        get
        {
            var minutes = Length.TotalMinutes / MostBuckets;
            return TimeSpan.FromMinutes(BucketMinutes.FirstOrDefault(width => width >= minutes, 1440 * 7));
        }
    }

    private static DateTimeOffset Ceiling(DateTimeOffset time, TimeSpan step)
    {
        var ticks = (time.UtcTicks + step.Ticks) / step.Ticks * step.Ticks;
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
