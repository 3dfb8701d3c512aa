using Kizashi.Core;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;
using Kizashi.Portal.Access;

namespace Kizashi.Cli.Center;

/// <summary>What scripts may ask over the network, signed in as a person is.</summary>
internal static class WebApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").RequireAuthorization(ReaderPolicy.Name);
        AlertApi.Map(api);
        CampaignApi.Map(api);
        api.MapGet("/sensors", (ISensorRegistry sensors) => Results.Json(sensors.All, KizashiJson.Options));
        api.MapGet("/store", (IObservationStore store) => Results.Json(store.Statistics, KizashiJson.Options));
    }
}
