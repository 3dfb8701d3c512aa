using Kizashi.Core.Addresses;
using Kizashi.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Kizashi.Store.Embedded;

/// <summary>Registers the embedded store and the ports it implements.</summary>
public static class StoreServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds the store of one data directory; it is opened when first asked for and its maintenance runs with the
        /// host.
        /// </summary>
        public IServiceCollection AddEmbeddedStore(EmbeddedStoreOptions options)
        {
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton(provider => EmbeddedStore.Open(
                options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IAddressBook>(),
                provider.GetService<ILogger<EmbeddedStore>>()));
            return services.AddStorePorts();
        }

        /// <summary>Adds a store that is open already; whoever opened it disposes of it.</summary>
        public IServiceCollection AddEmbeddedStore(EmbeddedStore store)
        {
            services.AddSingleton(store);
            return services.AddStorePorts();
        }

        private IServiceCollection AddStorePorts()
        {
            services.AddSingleton<IObservationStore>(provider => provider.GetRequiredService<EmbeddedStore>());
            services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Alerts);
            services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Checkpoints);
            services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Accounts);
            services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Forecasts);
            services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Maintenance);
            services.AddHostedService<MaintenanceService>();
            return services;
        }
    }
}
