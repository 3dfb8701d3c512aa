namespace Kizashi.Cli.Center;

/// <summary>The socket in the data directory over which commands of the same user talk to the program that holds it.</summary>
internal static class LocalSocket
{
    public const string Hello = "/local/hello";

    // The kernel's limit for socket paths is 107 bytes; a longer data directory gets a name of its hash in the run directory.
    private const int LongestPath = 107;

    public static string PathIn(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "center.sock");
        if (System.Text.Encoding.UTF8.GetByteCount(path) <= LongestPath)
            return path;

        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(path));
        var run = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "/tmp";
        return Path.Combine(run, $"kizashi-{Convert.ToHexStringLower(hash.AsSpan(0, 12))}.sock");
    }

    /// <summary>Removes what a killed program left behind; only for the one that holds the directory's lock.</summary>
    public static void Clear(string dataDirectory) => File.Delete(PathIn(dataDirectory));

    /// <summary>Only the same user may connect; called as soon as the socket is there.</summary>
    public static void Protect(string dataDirectory)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathIn(dataDirectory), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
