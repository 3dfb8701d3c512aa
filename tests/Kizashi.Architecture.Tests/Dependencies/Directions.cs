using System.Text.RegularExpressions;
using Kizashi.Architecture.Tests.Sources;

namespace Kizashi.Architecture.Tests.Dependencies;

/// <summary>Which way dependencies point: ARCHITECTURE.md as a table, and what breaks it.</summary>
internal static partial class Directions
{
    /// <summary>The only place that sees two stages, and the sensor's executable.</summary>
    public const string CompositionRoot = "Cli";

    public static IReadOnlyList<string> Stages { get; } = ["Observe", "Analyze", "Warn", "Share"];

    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["Core"] = [],
        ["Wire"] = [],
        ["Observe"] = ["Core", "Wire"],
        ["Analyze"] = ["Core", "Wire"],
        ["Warn"] = ["Core"],
        ["Share"] = ["Core"],
        ["Store"] = ["Core"],
        ["Enrich"] = ["Core", "Wire"],
        ["Simulation"] = ["Core", "Wire"],
        ["Portal"] = ["Core"],
        ["Link"] = ["Core"],

        // Whoever breaks into a sensor finds no keys and no data of others.
        ["SensorHost"] = ["Core", "Wire", "Observe", "Link"],
    };

    public static IEnumerable<string> Violations(IEnumerable<Project> projects)
    {
        foreach (var project in projects)
        {
            foreach (var friend in project.Friends.Where(friend => !friend.EndsWith(".Tests", StringComparison.Ordinal)
                && friend != "Kizashi.Bench"))
            {
                yield return $"{project.Name} opens its internals to {friend}";
            }

            if (project.Name == CompositionRoot)
                continue;

            if (!Allowed.TryGetValue(project.Name, out var allowed))
            {
                yield return $"{project.Name} is not in the table of directions";
                continue;
            }

            foreach (var reference in project.References.Except(allowed))
                yield return $"{project.Name} refers to {reference}";
        }
    }

    /// <summary>References are transitive in the build, so the sources are looked through as well.</summary>
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Project != CompositionRoot && Allowed.ContainsKey(file.Project)
        from name in Names().Matches(file.Code).Select(match => match.Groups[1].Value).Distinct()
        where name != file.Project && (Allowed.ContainsKey(name) || name == CompositionRoot)
            && !Allowed[file.Project].Contains(name)
        select $"{file.Path} names Kizashi.{name}";

    [GeneratedRegex(@"\bKizashi\.([A-Z]\w+)")]
    private static partial Regex Names();
}
