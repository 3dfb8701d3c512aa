namespace Kizashi.Testing;

/// <summary>Real captures and other data beside the project; a test whose file is absent is skipped by name.</summary>
public static class Corpus
{
    /// <summary>The folder ../shared/data seen from the project's root, whether or not it is there.</summary>
    public static string Root { get; } = Path.Combine(Path.GetDirectoryName(Repository.Root)!, "shared", "data");

    public static bool IsPresent => Directory.Exists(Root);

    /// <summary>Full path of a file such as captures/mirai-probes.pcap; skips the running test when it is absent.</summary>
    public static string File(string name)
    {
        var path = Path.Combine(Root, name);
        Assert.SkipUnless(Path.Exists(path), $"{name} is not in the corpus beside the project");
        return path;
    }

    public static string Capture(string name) => File(Path.Combine("captures", name));
}
