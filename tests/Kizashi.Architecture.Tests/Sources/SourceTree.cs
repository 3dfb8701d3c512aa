using Kizashi.Testing;

namespace Kizashi.Architecture.Tests.Sources;

/// <summary>The sources of the house.</summary>
internal static class SourceTree
{
    private static string Root { get; } = Path.Combine(Repository.Root, "src");

    public static IEnumerable<string> ProjectFiles() => Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories);

    public static IReadOnlyList<SourceFile> Files() =>
    [
        .. Directory.EnumerateFiles(Root, "*.*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".cs" or ".razor")
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Repository.Root, path)))),
    ];
}
