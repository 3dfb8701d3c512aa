using System.Globalization;
using Kizashi.Core.Alerts;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Client;

/// <summary>The alerts of a running center.</summary>
internal sealed class RemoteAlerts(CenterClient client) : IAlertAccess
{
    public IAsyncEnumerable<Alert> QueryAsync(AlertQuery query, CancellationToken cancellation) =>
        client.LinesAsync<Alert>(HttpMethod.Get, "/local/alerts?" + AlertQueryText.Write(query), null, cancellation);

    public IAsyncEnumerable<Alert> FollowAsync(AlertQuery query, CancellationToken cancellation) =>
        client.LinesAsync<Alert>(HttpMethod.Get, "/local/follow?" + AlertQueryText.Write(query), null, cancellation);

    public Task<AlertFile?> FindAsync(string id, CancellationToken cancellation) =>
        client.GetAsync<AlertFile>("/local/alerts/" + Uri.EscapeDataString(id), cancellation);

    public Task ExportAsync(
        string format, AlertQuery query, bool includeDark, Stream target, CancellationToken cancellation) =>
        client.CopyAsync(
            string.Create(CultureInfo.InvariantCulture, $"/local/export/{format}?dark={includeDark}&{AlertQueryText.Write(query)}"),
            target,
            cancellation);

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}
