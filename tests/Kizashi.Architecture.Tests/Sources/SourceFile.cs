using System.Text.RegularExpressions;

namespace Kizashi.Architecture.Tests.Sources;

/// <summary>One source file under src, read as text: the house's form makes types and methods stand at known columns.</summary>
internal sealed partial class SourceFile(string path, string text)
{
    /// <summary>From the repository's root, with forward slashes.</summary>
    public string Path => path;

    /// <summary>Without Kizashi.: Core, Wire...</summary>
    public string Project { get; } = path.Split('/')[1].Replace("Kizashi.", "", StringComparison.Ordinal);

    public bool IsCSharp => path.EndsWith(".cs", StringComparison.Ordinal);

    public string Name => System.IO.Path.GetFileNameWithoutExtension(path).Split('.')[0];

    public IReadOnlyList<string> Lines { get; } = text.TrimEnd('\n').Split('\n');

    /// <summary>The text without comments.</summary>
    public string Code => Comment().Replace(text, "");

    public string? Namespace => NamespaceLine().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Names of the types at the outermost level, and whether they are generic.</summary>
    public IReadOnlyList<(string Name, bool IsGeneric)> Types { get; } =
        [.. TypeLine().Matches(text).Select(match => (match.Groups[1].Value, match.Groups[2].Success))];

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe) )*"
        + @"(?:record struct|record class|class|record|struct|interface|enum|delegate [\w<>?]+) (\w+)(<)?",
        RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
