using Kizashi.Cli.Configuration;
using Kizashi.Core.Addresses;
using Kizashi.Enrich;

namespace Kizashi.Cli.Center;

/// <summary>Opens the address tables of the settings.</summary>
internal static class Enrichment
{
    public static IAddressBook Open(EnrichmentSettings settings, IServiceProvider provider) =>
        AddressBook.Open(
            new EnrichOptions
            {
                Mmdb = settings.Mmdb,
                Pfx2as = settings.Pfx2as,
                Mrt = settings.Mrt,
                AsNames = settings.AsNames,
            },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AddressBook>>());
}
