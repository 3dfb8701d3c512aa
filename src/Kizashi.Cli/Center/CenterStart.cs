using Kizashi.Cli.Client;
using Kizashi.Cli.Commands;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Kizashi.Cli.Center;

/// <summary>Starts a host and says plainly why it cannot.</summary>
internal static class CenterStart
{
    /// <exception cref="CommandException">The data directory or the port is in use, or may not be used.</exception>
    public static async Task StartAsync(WebApplication app, LoadedSettings settings, CancellationToken cancellation)
    {
        DataAccess.OpenStore(app);
        LocalSocket.Clear(settings.Options.DataDirectory);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException fault)
        {
            throw new CommandException(ExitCodes.Usage, $"cannot listen on {settings.Options.Center.Listen}: {fault.Message}", fault);
        }
        catch (System.Net.Sockets.SocketException fault)
        {
            throw new CommandException(ExitCodes.Usage, $"cannot listen on {settings.Options.Center.Listen}: {fault.Message}", fault);
        }

        LocalSocket.Protect(settings.Options.DataDirectory);
    }

    /// <summary>Where browsers reach the portal, with the port really taken.</summary>
    public static string Address(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return addresses.First(address => !address.Contains("unix:", StringComparison.Ordinal)).TrimEnd('/');
    }
}
