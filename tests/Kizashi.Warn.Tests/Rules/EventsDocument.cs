using System.Text.RegularExpressions;
using Kizashi.Testing;

namespace Kizashi.Warn.Tests.Rules;

/// <summary>docs/events.md as its readers see it: a section for each kind, a table of keys in each.</summary>
internal static partial class EventsDocument
{
    private static string Text { get; } = File.ReadAllText(Path.Combine(Repository.Root, "docs", "events.md"));

    /// <summary>Keys of the table in a kind's section, with their types.</summary>
    public static IReadOnlyDictionary<string, string> KeysOf(string kind)
    {
        var section = Text.Split("\n## ").Single(part => part.StartsWith(kind + "\n", StringComparison.Ordinal));
        return Rows().Matches(section).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
    }

    [GeneratedRegex(@"^\| `(\w+)` \| ([\w ]+) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
