using Kizashi.Cli.Center;
using Kizashi.Cli.Commands;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded;

namespace Kizashi.Cli.Client;

/// <summary>Finds the alerts of a data directory: through the program that holds it, else by opening it.</summary>
internal static class DataAccess
{
    /// <exception cref="CommandException">Held by a program that does not answer, or cannot be opened.</exception>
    public static async Task<IAlertAccess> OpenAsync(LoadedSettings settings, CancellationToken cancellation)
    {
        var folder = settings.Options.DataDirectory;
        if (await CenterClient.TryConnectAsync(folder, cancellation) is { } client)
            return new RemoteAlerts(client);

        if (!Directory.Exists(folder))
        {
            throw new CommandException(
                ExitCodes.Usage,
                $"there is no data directory {folder} yet; `kizashi watch FILE` or `kizashi center` makes it, --data names another");
        }

        var app = Open(settings);
        return new LocalAlerts(
            app.Services.GetRequiredService<IAlertStore>(),
            app.Services.GetRequiredService<ILiveFeed>(),
            app.Services.GetServices<IAlertExporter>(),
            settings.Options.Center.Organization,
            app);
    }

    /// <summary>The host of the data directory without any listener.</summary>
    public static WebApplication Open(LoadedSettings settings)
    {
        var app = CenterHost.Build(settings, CenterMode.Store);
        OpenStore(app);
        return app;
    }

    /// <summary>Opens the store now, so that a directory in use is said at once.</summary>
    public static void OpenStore(WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<IObservationStore>();
            app.Services.GetRequiredService<KnownScannerFiles>().Read();
        }
        catch (Exception fault) when (fault is StoreLockedException or StoreVersionException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, fault.Message, fault);
        }
    }
}
