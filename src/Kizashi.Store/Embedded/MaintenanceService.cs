using Microsoft.Extensions.Hosting;

namespace Kizashi.Store.Embedded;

/// <summary>Runs the store's maintenance while the host runs.</summary>
internal sealed class MaintenanceService(EmbeddedStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        store.Maintenance.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(store.Maintenance.Stop, cancellationToken);
}
