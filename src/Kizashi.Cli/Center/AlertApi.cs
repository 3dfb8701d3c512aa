using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Kizashi.Cli.Client;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Center;

/// <summary>What scripts ask of alerts; the same over the local socket and, signed in, over the network.</summary>
internal static class AlertApi
{
    // A follower that reads too slowly loses the oldest; the alert itself stays in the store.
    private const int FollowQueue = 10_000;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/alerts", ListAsync);
        group.MapGet("/follow", SendFollowedAsync);
        group.MapGet("/alerts/{id}", (string id, IAlertStore alerts) =>
            alerts.Find(id) is { } alert
                ? Results.Json(new AlertFile(alert, alerts.Samples(id)), KizashiJson.Options)
                : Results.NotFound());
        group.MapGet("/export/{format}", ExportAsync);
    }

    public static async IAsyncEnumerable<Alert> FollowAsync(
        ILiveFeed feed, AlertQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var queue = Channel.CreateBounded<Alert>(
            new BoundedChannelOptions(FollowQueue) { FullMode = BoundedChannelFullMode.DropOldest });
        using var subscription = feed.Subscribe(change =>
        {
            if (change is AlertChanged changed && AlertFilter.Matches(query, changed.Alert))
                queue.Writer.TryWrite(changed.Alert);
        });

        await foreach (var alert in queue.Reader.ReadAllAsync(cancellation))
            yield return alert;
    }

    public static async Task WriteLineAsync<T>(HttpContext context, T value)
    {
        await JsonSerializer.SerializeAsync(context.Response.Body, value, KizashiJson.Options, context.RequestAborted);
        await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
    }

    private static async Task ListAsync(HttpContext context, IAlertStore alerts)
    {
        if (await ReadQueryAsync(context) is not { } query)
            return;

        context.Response.ContentType = "application/x-ndjson";
        foreach (var alert in AlertPages.All(alerts, query))
            await WriteLineAsync(context, alert);
    }

    private static async Task SendFollowedAsync(HttpContext context, ILiveFeed feed)
    {
        if (await ReadQueryAsync(context) is not { } query)
            return;

        context.Response.ContentType = "application/x-ndjson";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var alert in FollowAsync(feed, query, context.RequestAborted))
        {
            await WriteLineAsync(context, alert);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static async Task ExportAsync(
        HttpContext context,
        string format,
        bool? dark,
        IAlertStore alerts,
        IEnumerable<IAlertExporter> exporters,
        SettingsMonitor settings)
    {
        var exporter = exporters.FirstOrDefault(exporter => exporter.Format == format);
        if (exporter is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await ReadQueryAsync(context) is not { } query)
            return;

        context.Response.ContentType = exporter.MediaType;
        var options = new ExportOptions
        {
            IncludeDarkAddresses = dark ?? false,
            Organization = settings.Current.Center.Organization,
        };
        await exporter.WriteAsync(AlertPages.All(alerts, query), context.Response.Body, options, context.RequestAborted);
    }

    private static async Task<AlertQuery?> ReadQueryAsync(HttpContext context)
    {
        try
        {
            return AlertQueryText.Read(name => context.Request.Query[name].ToString() is { Length: > 0 } text ? text : null);
        }
        catch (FormatException fault)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(fault.Message, context.RequestAborted);
            return null;
        }
    }
}
