using Kizashi.Core.Alerts;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Client;

/// <summary>The alerts of a data directory, wherever the program that holds it runs.</summary>
internal interface IAlertAccess : IAsyncDisposable
{
    IAsyncEnumerable<Alert> QueryAsync(AlertQuery query, CancellationToken cancellation);

    /// <summary>Alerts as they are opened, updated and closed from now on; does not end by itself.</summary>
    IAsyncEnumerable<Alert> FollowAsync(AlertQuery query, CancellationToken cancellation);

    Task<AlertFile?> FindAsync(string id, CancellationToken cancellation);

    Task ExportAsync(string format, AlertQuery query, bool includeDark, Stream target, CancellationToken cancellation);
}
