using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Kizashi.Architecture.Tests.Documents;

/// <summary>What documents say, read so that code can be held to it.</summary>
internal static partial class Paper
{
    /// <summary>Kinds with a section of their own: headings of the second level with a dot in them.</summary>
    public static IReadOnlyList<string> Kinds(string events) =>
        [.. KindHeading().Matches(events).Select(match => match.Groups[1].Value)];

    /// <summary>Exit codes of a table with rows such as "| 2 | usage or configuration |".</summary>
    public static IReadOnlyList<int> ExitCodes(string page) =>
        [.. CodeRow().Matches(page).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Values of the constants of ExitCodes.cs.</summary>
    public static IReadOnlyList<int> ExitCodesInCode(string source) =>
        [.. CodeConstant().Matches(source).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];

    public static IReadOnlyList<string> Packages(string props) =>
        [.. XDocument.Parse(props).Descendants("PackageVersion").Select(item => (string)item.Attribute("Include")!)];

    /// <summary>Links of a page to files beside it.</summary>
    public static IReadOnlyList<string> Links(string page) =>
        [.. Link().Matches(page).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"^## (\w+\.[\w.-]+)$", RegexOptions.Multiline)]
    private static partial Regex KindHeading();

    [GeneratedRegex(@"^\| (\d) \|", RegexOptions.Multiline)]
    private static partial Regex CodeRow();

    [GeneratedRegex(@"const int \w+ = (\d+);")]
    private static partial Regex CodeConstant();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)")]
    private static partial Regex Link();
}
