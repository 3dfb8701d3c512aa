using System.Net;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;
using Kizashi.SensorHost;
using Microsoft.AspNetCore.Authorization;

namespace Kizashi.Cli.Center;

/// <summary>What monitoring asks: health and metrics.</summary>
internal static class OperationsEndpoints
{
    private static readonly string[] ProxyHeaders = ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Host"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/health", Health).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(policy => policy.RequireAssertion(MayMeasure));
    }

    // A scraper on this machine has no password; one elsewhere, or behind a proxy here, signs in as a person does.
    private static bool MayMeasure(AuthorizationHandlerContext context) =>
        context.User.Identity is { IsAuthenticated: true }
        || (context.Resource is HttpContext http && IsOnThisMachine(http));

    // What a proxy on this machine hands on is a stranger's; every usual proxy says so in one of these.
    private static bool IsOnThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote
        && IPAddress.IsLoopback(remote)
        && !ProxyHeaders.Any(http.Request.Headers.ContainsKey);

    /// <summary>200 while observations can be stored, else 503; details only for those on the same machine.</summary>
    private static IResult Health(
        HttpContext context, IObservationStore store, ISensorRegistry sensors, IAddressBook book, TimeProvider time)
    {
        var statistics = store.Statistics;
        var healthy = statistics.Problem is null;
        var code = healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        if (!IsOnThisMachine(context))
            return Results.Json(new { status = healthy ? "ok" : "failing" }, KizashiJson.Options, statusCode: code);

        return Results.Json(
            new
            {
                status = healthy ? "ok" : "failing",
                version = ProgramVersion.Text,
                time = time.GetUtcNow(),
                store = statistics,
                sensors = sensors.All,
                enrichment = book.Explanation,
            },
            KizashiJson.Options,
            statusCode: code);
    }
}
