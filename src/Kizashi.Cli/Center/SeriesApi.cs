using Kizashi.Cli.Forecasts;
using Kizashi.Core;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Center;

/// <summary>Series for who forecasts them.</summary>
internal static class SeriesApi
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/series", async (string name, IObservationStore store, CancellationToken cancellation) =>
            SeriesName.Parse(name) is not { } series ? Results.BadRequest($"'{name}' is no series such as {SeriesName.Forms}")
                : await StoredSeries.ReadAsync(store, series, cancellation) is { } stored ? Results.Json(stored, KizashiJson.Options)
                : Results.NotFound());
}
