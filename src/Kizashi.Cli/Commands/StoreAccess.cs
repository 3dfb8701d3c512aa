using Kizashi.Cli.Client;

namespace Kizashi.Cli.Commands;

/// <summary>Opens an existing data directory for maintenance.</summary>
internal static class StoreAccess
{
    /// <exception cref="CommandException">There is none, or another program holds it.</exception>
    public static WebApplication Open(LoadedSettings settings)
    {
        var folder = settings.Options.DataDirectory;
        return Directory.Exists(folder)
            ? DataAccess.Open(settings)
            : throw new CommandException(ExitCodes.Usage, $"there is no data directory {folder}; --data names another");
    }
}
