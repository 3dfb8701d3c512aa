using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Library;

/// <summary>The scenarios by which the engines that look for outbreaks are tuned and measured, in named sets that never mix.</summary>
/// <remarks>
/// Parameters are chosen with <see cref="Training"/> alone. <see cref="HeldOut"/> and <see cref="Wide"/> come from other seeds of the
/// same distribution; what was measured with them is in docs/evaluation.md.
/// </remarks>
public static class ScenarioLibrary
{
    /// <summary>Scenarios that parameters may be chosen by.</summary>
    public const string Training = "training";

    /// <summary>Scenarios on a /20 to a /16 that no parameter was chosen by.</summary>
    public const string HeldOut = "held-out";

    /// <summary>Days on a /12 that no parameter was chosen by.</summary>
    public const string Wide = "wide";

    private static readonly (string Set, int Count, ulong FirstSeed)[] All =
        [(Training, 36, 1_000), (HeldOut, 56, 500_000), (Wide, 3, 910_000)];

    public static IReadOnlyList<string> Sets { get; } = [.. All.Select(set => set.Set)];

    /// <summary>Names of a set's scenarios, such as held-out-07.</summary>
    /// <exception cref="ArgumentException">There is no such set.</exception>
    public static IReadOnlyList<string> Members(string set)
    {
        var (name, count, _) = Array.Find(All, known => known.Set == set);
        return name is not null
            ? [.. Enumerable.Range(1, count).Select(number => NameOf(set, number))]
            : throw new ArgumentException($"There is no set '{set}'; there are {string.Join(", ", Sets)}.", nameof(set));
    }

    /// <summary>The scenario of a name such as training-03; the same each time.</summary>
    public static bool TryCreate(string name, [NotNullWhen(true)] out Scenario? scenario)
    {
        foreach (var (set, count, firstSeed) in All)
        {
            var number = Enumerable.Range(1, count).FirstOrDefault(number => NameOf(set, number) == name);
            if (number == 0)
                continue;

            var draft = new ScenarioDraft(name, firstSeed + (ulong)number);
            scenario = set == Wide ? draft.Wide() : draft.Create(number - 1);
            return true;
        }

        scenario = null;
        return false;
    }

    private static string NameOf(string set, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{set}-{number:00}");
}
