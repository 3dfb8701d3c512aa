using Kizashi.Cli.Center;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Client;

/// <summary>The alerts of a data directory that this process has opened itself.</summary>
internal sealed class LocalAlerts(
    IAlertStore alerts, ILiveFeed feed, IEnumerable<IAlertExporter> exporters, string organization, IAsyncDisposable owner)
    : IAlertAccess
{
    public IAsyncEnumerable<Alert> QueryAsync(AlertQuery query, CancellationToken cancellation) =>
        AlertPages.AllAsync(alerts, query, cancellation);

    public IAsyncEnumerable<Alert> FollowAsync(AlertQuery query, CancellationToken cancellation) =>
        AlertApi.FollowAsync(feed, query, cancellation);

    public Task<AlertFile?> FindAsync(string id, CancellationToken cancellation) =>
        Task.FromResult(alerts.Find(id) is { } alert ? new AlertFile(alert, alerts.Samples(id)) : null);

    public Task ExportAsync(
        string format, AlertQuery query, bool includeDark, Stream target, CancellationToken cancellation)
    {
        var exporter = exporters.First(exporter => exporter.Format == format);
        var options = new ExportOptions { IncludeDarkAddresses = includeDark, Organization = organization };
        return exporter.WriteAsync(AlertPages.All(alerts, query), target, options, cancellation);
    }

    public ValueTask DisposeAsync() => owner.DisposeAsync();
}
