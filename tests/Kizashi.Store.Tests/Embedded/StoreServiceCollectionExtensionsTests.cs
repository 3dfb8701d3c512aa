using Kizashi.Core.Addresses;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded;
using Kizashi.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kizashi.Store.Tests.Embedded;

public sealed class StoreServiceCollectionExtensionsTests
{
    [Fact]
    public async Task Every_port_is_there_and_maintenance_runs_with_the_host()
    {
        using var folder = new TemporaryFolder();
        var services = new ServiceCollection();
        services.AddSingleton<IAddressBook>(new FakeBook(false));
        services.AddEmbeddedStore(new EmbeddedStoreOptions { DataDirectory = folder.File("data") });
        await using var provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<IAlertStore>());
        Assert.NotNull(provider.GetRequiredService<ICheckpointStore>());
        Assert.NotNull(provider.GetRequiredService<IAccountStore>());
        Assert.Same(provider.GetRequiredService<EmbeddedStore>(), provider.GetRequiredService<IObservationStore>());
        var hosted = Assert.Single(provider.GetServices<IHostedService>());
        await hosted.StartAsync(TestContext.Current.CancellationToken);
        await hosted.StopAsync(TestContext.Current.CancellationToken);
    }
}
