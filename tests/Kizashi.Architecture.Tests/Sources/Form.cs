using System.Text.RegularExpressions;
using Kizashi.Architecture.Tests.Dependencies;
using Kizashi.Core;

namespace Kizashi.Architecture.Tests.Sources;

/// <summary>The form of the house that the compiler does not see, and what breaks it.</summary>
internal static partial class Form
{
    public const int MostLines = 400;
    public const int MostMethodLines = 60;

    private static readonly string[] BannedSuffixes =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Processor", "Base", "Impl", "Info", "Common"];

    public static IEnumerable<string> TooLong(IEnumerable<SourceFile> files, IReadOnlyCollection<string> hot) =>
        from file in files
        where file.Lines.Count > MostLines && !hot.Contains(file.Path)
        select $"{file.Path} has {file.Lines.Count} lines";

    public static IEnumerable<string> LongMethods(IEnumerable<SourceFile> files, IReadOnlyCollection<string> hot) =>
        from file in files
        where file.IsCSharp && !hot.Contains(file.Path)
        from method in Methods(file)
        where method.Lines > MostMethodLines
        select $"{file.Path}({method.Line}) has a method of {method.Lines} lines";

    public static IEnumerable<string> NotOneType(IEnumerable<SourceFile> files) =>
        from file in files
        where file.IsCSharp && file.Name != "Program"
        where file.Types.Count != 1 || file.Types[0].Name != file.Name
        select $"{file.Path} declares {string.Join(", ", file.Types.Select(type => type.Name).DefaultIfEmpty("nothing"))}";

    public static IEnumerable<string> BadNames(IEnumerable<SourceFile> files) =>
        from file in files
        from type in file.Types
        from suffix in BannedSuffixes
        where type.Name.EndsWith(suffix, StringComparison.Ordinal)
        select $"{file.Path}: {type.Name} ends in {suffix}";

    /// <summary>A namespace hides a type of its name from all code beside it that could see the type; generic ones are not hidden.</summary>
    public static IEnumerable<string> HidingNamespaces(
        IReadOnlyCollection<SourceFile> files, IReadOnlyCollection<string>? stated = null) =>
        from name in files.Select(file => file.Namespace).OfType<string>().Distinct()
        from segment in name.Split('.').Index().Skip(1)
        from file in files
        from type in file.Types
        where type.Name == segment.Item && !type.IsGeneric && stated?.Contains(file.Path) != true
        where segment.Index == 1 || Sees(name.Split('.')[1], file.Project)
        select $"namespace {name} hides {file.Path}";

    public static IEnumerable<string> StrayNamespaces(IEnumerable<SourceFile> files) =>
        from file in files
        where file.IsCSharp && file.Namespace is not null
        let folder = file.Path[4..file.Path.LastIndexOf('/')].Replace('/', '.')
        where file.Namespace != folder
        select $"{file.Path} is in namespace {file.Namespace}";

    public static IEnumerable<string> Unfinished(IEnumerable<SourceFile> files) =>
        from file in files
        from line in file.Lines.Index()
        where UnfinishedWork().IsMatch(line.Item)
        select $"{file.Path}({line.Index + 1}): {line.Item.Trim()}";

    public static IEnumerable<string> StrayKinds(IEnumerable<SourceFile> files) =>
        from file in files
        where file.IsCSharp && file.Name != nameof(EventCatalog)
        from kind in EventCatalog.AlertKinds
        where file.Code.Contains($"\"{kind}\"", StringComparison.Ordinal)
        select $"{file.Path} spells {kind} itself";

    private static bool Sees(string project, string other) =>
        project == other || !Directions.Allowed.TryGetValue(project, out var allowed) || allowed.Contains(other);

    // A member's body opens with a brace of its own, four columns in for each level of nesting, after a line with parentheses.
    private static IEnumerable<(int Line, int Lines)> Methods(SourceFile file)
    {
        for (var index = 1; index < file.Lines.Count; index++)
        {
            if (OpeningBrace().Match(file.Lines[index]) is not { Success: true } brace || !IsMethod(file, index))
                continue;

            var close = brace.Groups[1].Value + "}";
            for (var end = index + 1; end < file.Lines.Count; end++)
            {
                if (!file.Lines[end].StartsWith(close, StringComparison.Ordinal))
                    continue;

                yield return (index + 1, end - index - 1);
                break;
            }
        }
    }

    private static bool IsMethod(SourceFile file, int brace)
    {
        var header = "";
        for (var index = brace - 1; index >= 0 && file.Lines[index].Trim() is { Length: > 0 } line; index--)
        {
            if (line[^1] is ';' or '}' or '{' || line.StartsWith("//", StringComparison.Ordinal))
                break;

            header = line + " " + header;
        }

        return header.Contains('(', StringComparison.Ordinal) && Modifier().IsMatch(header) && !TypeWord().IsMatch(header);
    }

    [GeneratedRegex(@"\A( {4}| {8})\{\z")]
    private static partial Regex OpeningBrace();

    [GeneratedRegex(@"\A(\[.*\] )*(public|private|protected|internal|static|unsafe) ")]
    private static partial Regex Modifier();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum|extension)\b")]
    private static partial Regex TypeWord();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|#region")]
    private static partial Regex UnfinishedWork();
}
