using Kizashi.Cli.Commands;
using Kizashi.Cli.Forecasts;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Client;

/// <summary>Series of a data directory: from the program that holds it, else by opening it.</summary>
internal static class SeriesAccess
{
    /// <exception cref="CommandException">There is none of the name, or its directory cannot be opened.</exception>
    public static async Task<ReadSeries> ReadAsync(LoadedSettings settings, string name, CancellationToken cancellation)
    {
        using var client = await CenterClient.TryConnectAsync(settings.Options.DataDirectory, cancellation);
        if (client is not null)
            return (await client.GetAsync<StoredSeries>("/local/series?name=" + Uri.EscapeDataString(name), cancellation) ?? throw Nothing(name)).ToRead();

        if (SeriesName.Parse(name) is null && !Directory.Exists(settings.Options.DataDirectory))
            throw Nothing(name);

        await using var app = StoreAccess.Open(settings);
        var (store, forecasts) = (app.Services.GetRequiredService<IObservationStore>(), app.Services.GetRequiredService<IForecastStore>());
        return (await StoredSeries.FindAsync(store, forecasts, name, cancellation) ?? throw Nothing(name)).ToRead();
    }

    /// <summary>Names of all watched series, in order.</summary>
    /// <exception cref="CommandException">The directory cannot be opened.</exception>
    public static async Task<IReadOnlyList<string>> NamesAsync(LoadedSettings settings, CancellationToken cancellation)
    {
        using var client = await CenterClient.TryConnectAsync(settings.Options.DataDirectory, cancellation);
        if (client is not null)
            return InOrder(await client.GetAsync<string[]>("/local/series/names", cancellation) ?? []);

        await using var app = StoreAccess.Open(settings);
        return InOrder(app.Services.GetRequiredService<IForecastStore>().Names());
    }

    private static string[] InOrder(IReadOnlyList<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private static CommandException Nothing(string name) => new(
        ExitCodes.Usage,
        SeriesName.Parse(name) is null
            ? $"'{Terminal.TerminalText.Clean(name)}' is no file, and no series such as {SeriesName.Forms}, or one of those watched (`kizashi forecast --list`)"
            : "not one whole hour of traffic is stored yet");
}
