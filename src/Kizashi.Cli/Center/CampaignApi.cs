using Kizashi.Cli.Client;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Campaigns;

namespace Kizashi.Cli.Center;

/// <summary>What scripts ask of campaigns; the same over the local socket and, signed in, over the network.</summary>
internal static class CampaignApi
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/campaigns", async (CampaignWatch watch, CancellationToken cancellation) =>
            Answer(await watch.NowAsync(cancellation), CampaignList.Of));
        group.MapGet("/sources/{address}/campaign", async (string address, CampaignWatch watch, CancellationToken cancellation) =>
            Address.TryParse(address, out var source)
                ? Answer(await watch.NowAsync(cancellation), snapshot => SourceKin.Of(snapshot.Report, source))
                : Results.BadRequest($"'{address}' is not an address"));
    }

    private static IResult Answer<T>(CampaignSnapshot? snapshot, Func<CampaignSnapshot, T> answer) =>
        snapshot is null ? Results.NotFound() : Results.Json(answer(snapshot), KizashiJson.Options);
}
