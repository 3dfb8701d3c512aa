using System.Globalization;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;
using Kizashi.Portal.Access;
using Kizashi.Portal.Components;
using Kizashi.Portal.Language;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kizashi.Portal.Alerts;

/// <summary>Downloads: alerts in each format there is an exporter for, and raw packets as a capture.</summary>
internal static class AlertEndpoints
{
    /// <summary>A list is fetched page by page of this size, so that memory stays flat.</summary>
    private const int Step = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/export/alerts.{format}", ExportList).RequireAuthorization(ReaderPolicy.Name);
        routes.MapGet("/export/alerts/{id}.{format}", ExportOne).RequireAuthorization(ReaderPolicy.Name);
        routes.MapGet("/export/alerts/{id}/packets.pcap", Packets).RequireAuthorization(ReaderPolicy.Name);
        routes.MapGet(
            "/search",
            (string? q, IAlertStore alerts) => TypedResults.LocalRedirect(SearchTarget.Of(q ?? "", alerts)))
            .RequireAuthorization(ReaderPolicy.Name);
    }

    private static Results<PushStreamHttpResult, NotFound, ContentHttpResult> ExportList(
        string format,
        HttpContext context,
        IEnumerable<IAlertExporter> exporters,
        IAlertStore store,
        PortalOptions options)
    {
        if (Find(exporters, format) is not { } exporter)
            return TypedResults.NotFound();

        // A filter that was dropped would hand out more than was asked for, where no page could say so.
        if (AlertFilter.Faults(context.Request.QueryString.Value ?? "") is { Count: > 0 } faults)
            return Refuse(faults, context.RequestServices.GetRequiredService<Viewer>().Words);

        var query = AlertFilter.Parse(context.Request).ToQuery(Step) with { After = null };
        return Send(context, exporter, Pages(store, query), "kizashi-alerts", options);
    }

    private static ContentHttpResult Refuse(IReadOnlyList<AddressFault> faults, Words words) => TypedResults.Text(
        words["address.export"] + "\n" + string.Join('\n', faults.Select(fault => fault.Text(words))) + "\n",
        statusCode: StatusCodes.Status400BadRequest);

    private static Results<PushStreamHttpResult, NotFound> ExportOne(
        string id,
        string format,
        HttpContext context,
        IEnumerable<IAlertExporter> exporters,
        IAlertStore store,
        PortalOptions options) =>
        Find(exporters, format) is { } exporter && store.Find(id) is { } alert
            ? Send(context, exporter, [alert], FileName(alert), options)
            : TypedResults.NotFound();

    private static Results<FileContentHttpResult, NotFound> Packets(
        string id, IAlertStore store, IPacketDissector dissector)
    {
        if (store.Find(id) is not { } alert || store.Samples(id) is not { Count: > 0 } samples)
            return TypedResults.NotFound();

        // At most 16 samples of 256 bytes.
        using var capture = new MemoryStream();
        dissector.WriteCapture(samples, capture);
        return TypedResults.File(capture.ToArray(), "application/vnd.tcpdump.pcap", FileName(alert) + ".pcap");
    }

    private static PushStreamHttpResult Send(
        HttpContext context, IAlertExporter exporter, IEnumerable<Alert> alerts, string name, PortalOptions options)
    {
        var export = new ExportOptions { Organization = options.Organization };
        return TypedResults.Stream(
            async stream =>
            {
                // Through a file that deletes itself: a failure leaves no half answer behind a status of success, and
                // exporters may write synchronously, which the server's own stream refuses.
                await using var spool = OpenSpool();
                await exporter.WriteAsync(alerts, spool, export, context.RequestAborted);
                spool.Position = 0;
                await spool.CopyToAsync(stream, context.RequestAborted);
            },
            exporter.MediaType,
            name + exporter.Extension);
    }

    private static FileStream OpenSpool() => new(
        Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });

    private static IEnumerable<Alert> Pages(IAlertStore store, AlertQuery query)
    {
        while (true)
        {
            var page = store.Query(query);
            foreach (var alert in page)
                yield return alert;

            if (page.Count < query.Most)
                yield break;

            query = query with { After = page[^1].Id };
        }
    }

    private static IAlertExporter? Find(IEnumerable<IAlertExporter> exporters, string format) =>
        exporters.FirstOrDefault(exporter => exporter.Format == format);

    private static string FileName(Alert alert) => string.Create(
        CultureInfo.InvariantCulture, $"{(alert.Simulated ? "simulated-" : "")}kizashi-{alert.Kind}-{alert.Id}");
}
