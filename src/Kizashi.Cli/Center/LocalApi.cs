using System.Net;
using System.Text.Json;
using Kizashi.Cli.Watching;
using Kizashi.Core;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Kizashi.Cli.Center;

/// <summary>What commands of the same user ask a running program, over the socket in its data directory only.</summary>
/// <remarks>The socket's file mode (0600) is the permission; requests that come over the network get 404.</remarks>
internal static class LocalApi
{
    /// <summary>Header with the watch request; the body is the capture where it comes from standard input.</summary>
    public const string WatchHeader = "X-Kizashi-Watch";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var local = routes.MapGroup("/local").AddEndpointFilter(async (context, next) =>
            LocalConnection.Holds(context.HttpContext) ? await next(context) : Results.NotFound()).AllowAnonymous();
        local.MapGet("/hello", () => Results.Json(new { program = "kizashi", pid = Environment.ProcessId }));
        local.MapPost("/watch", WatchAsync).DisableAntiforgery();
        AlertApi.Map(local);
        CampaignApi.Map(local);
        SeriesApi.Map(local);
    }

    private static async Task WatchAsync(HttpContext context, SessionRunner runner)
    {
        var text = WebUtility.UrlDecode(context.Request.Headers[WatchHeader].ToString());
        var request = JsonSerializer.Deserialize<WatchRequest>(text, KizashiJson.Options)!;

        // A capture on standard input, or a sensor, has no length and no bound, and may be silent.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;

        context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        var input = request.FromStream ? new ClientBody(context.Request.Body) : null;
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var message in runner.RunAsync(request, input, context.RequestAborted))
        {
            await AlertApi.WriteLineAsync(context, message);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
