using Kizashi.Cli.Commands;
using Kizashi.Cli.Forecasts;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Client;

/// <summary>A series of a data directory: from the program that holds it, else by opening it.</summary>
internal static class SeriesAccess
{
    /// <exception cref="CommandException">There is none, or its directory cannot be opened.</exception>
    public static async Task<ReadSeries> ReadAsync(LoadedSettings settings, SeriesName name, CancellationToken cancellation)
    {
        using var client = await CenterClient.TryConnectAsync(settings.Options.DataDirectory, cancellation);
        if (client is not null)
            return (await client.GetAsync<StoredSeries>("/local/series?name=" + Uri.EscapeDataString(name.ToString()), cancellation) ?? throw Nothing()).ToRead();

        await using var app = StoreAccess.Open(settings);
        return (await StoredSeries.ReadAsync(app.Services.GetRequiredService<IObservationStore>(), name, cancellation) ?? throw Nothing()).ToRead();
    }

    private static CommandException Nothing() => new(ExitCodes.Usage, "not one whole hour of traffic is stored yet");
}
