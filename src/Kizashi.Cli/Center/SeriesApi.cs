using Kizashi.Cli.Forecasts;
using Kizashi.Core;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Center;

/// <summary>Series for who forecasts them.</summary>
internal static class SeriesApi
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/series/names", (IForecastStore forecasts) => Results.Json(forecasts.Names(), KizashiJson.Options));
        group.MapGet("/series", async (string name, IObservationStore store, IForecastStore forecasts, CancellationToken cancellation) =>
            await StoredSeries.FindAsync(store, forecasts, name, cancellation) is { } stored ? Results.Json(stored, KizashiJson.Options) : Results.NotFound());
    }
}
