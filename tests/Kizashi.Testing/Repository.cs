namespace Kizashi.Testing;

/// <summary>Where the project's source tree is.</summary>
public static class Repository
{
    /// <summary>The folder with Kizashi.slnx, found upwards from the test's own folder.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Kizashi.slnx"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Kizashi.slnx not found"));
}
