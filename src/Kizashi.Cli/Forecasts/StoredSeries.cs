using Kizashi.Core.Storage;

namespace Kizashi.Cli.Forecasts;

/// <summary>A series of a data directory: one value for each hour, null where no sensor observed.</summary>
/// <param name="Name">As <see cref="SeriesName"/> writes it.</param>
/// <param name="Values">Oldest first.</param>
/// <param name="Last">Start of the last hour.</param>
internal sealed record StoredSeries(string Name, IReadOnlyList<double?> Values, DateTimeOffset Last)
{
    private const int Days = 60;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The series of this name, counted now or watched; null for none.</summary>
    public static async Task<StoredSeries?> FindAsync(IObservationStore store, IForecastStore forecasts, string name, CancellationToken cancellation) =>
        SeriesName.Parse(name) is { } series ? await ReadAsync(store, series, cancellation) : Watched(forecasts, name);

    private static StoredSeries? Watched(IForecastStore forecasts, string name)
    {
        if (forecasts.Find(name) is not { } watched)
            return null;

        // The rest of the last day is stored as unknown.
        var length = watched.Values.Count;
        while (length > 0 && float.IsNaN(watched.Values[length - 1]))
            length--;

        return length == 0 ? null : new StoredSeries(
            name, [.. watched.Values.Take(length).Select(value => float.IsNaN(value) ? null : (double?)value)],
            DateTimeOffset.FromUnixTimeSeconds((watched.First + length - 1) * 3600));
    }

    /// <summary>The hours of the last sixty days that are over; null when none is.</summary>
    public static async Task<StoredSeries?> ReadAsync(IObservationStore store, SeriesName name, CancellationToken cancellation)
    {
        if (store.Statistics is not { Earliest: { } earliest, Latest: { } latest })
            return null;

        var end = HourOf(latest);
        var oldest = end - TimeSpan.FromDays(Days);
        var begin = earliest < oldest ? oldest : HourOf(earliest);
        if (begin >= end)
            return null;

        var range = new TimeRange(begin, end);
        var points = name.Protocol is { } protocol
            ? await store.PortSeriesAsync(protocol, name.Port, range, Hour, cancellation)
            : await store.SeriesAsync(range, Hour, null, cancellation);
        return new StoredSeries(name.ToString(), [.. points.Select(point => (double?)(name.Counts == SeriesName.Packets ? point.Packets : point.Sources))], end - Hour);
    }

    private static DateTimeOffset HourOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Hour.Ticks), TimeSpan.Zero);

    public ReadSeries ToRead() => new(Name, [.. Values.Select(value => value ?? double.NaN)], Last, Hour);
}
