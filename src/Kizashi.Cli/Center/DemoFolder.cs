namespace Kizashi.Cli.Center;

/// <summary>The demo's data directory: for simulated traffic only, emptied when a demo starts.</summary>
internal static class DemoFolder
{
    private const string Marker = "THIS-IS-A-DEMO";

    public static bool Holds(string folder) => File.Exists(Path.Combine(folder, Marker));

    public static void Mark(string folder) => File.WriteAllText(
        Path.Combine(folder, Marker),
        "Made by `kizashi demo`, which empties this directory when it starts; only simulated traffic may come in.\n");

    /// <exception cref="CommandException">Another demo runs in it.</exception>
    public static void ThrowIfInUse(string folder)
    {
        try
        {
            using var held = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new CommandException(ExitCodes.Usage, $"another demo runs in {folder}; end it, or give this one another --data", fault);
        }
    }
}
