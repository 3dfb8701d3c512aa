using Kizashi.Core.Addresses;
using Kizashi.Core.Pipeline;

namespace Kizashi.Warn.KnownScanners;

/// <summary>The list of known scanners in force; replaced whole, without a restart.</summary>
public sealed class KnownScannerList : IKnownScanners
{
    private volatile Level[] _levels = [];

    public int Count => _levels.Sum(level => level.Names.Count);

    /// <summary>Reads lines of the form "PREFIX NAME"; empty lines and those that start with # are skipped.</summary>
    /// <param name="lines">The list's text.</param>
    /// <param name="faults">Every line that is neither, as "line 3: ...".</param>
    public static IReadOnlyList<KnownScanner> Parse(IEnumerable<string> lines, out IReadOnlyList<string> faults)
    {
        var scanners = new List<KnownScanner>();
        var wrong = new List<string>();
        foreach (var (index, raw) in lines.Index())
        {
            var line = raw.Trim();
            if (line.Length == 0 || line.StartsWith('#'))
                continue;

            var words = line.Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length == 2 && Prefix.TryParse(words[0], out var prefix))
                scanners.Add(new KnownScanner(prefix, words[1]));
            else
                wrong.Add($"line {index + 1}: expected a prefix and a name, such as \"192.0.2.0/24 Example Survey\"");
        }

        faults = wrong;
        return scanners;
    }

    /// <summary>Puts a new list in force; where a prefix stands twice, the later name holds.</summary>
    public void Replace(IEnumerable<KnownScanner> scanners)
    {
        // One table per family and length, longest first: the first hit is the longest prefix.
        _levels =
        [
            .. scanners
                .GroupBy(scanner => (scanner.Prefix.IsV4, scanner.Prefix.Length))
                .OrderByDescending(group => group.Key.Length)
                .Select(group => new Level(group.Key.IsV4, group.Key.Length, Names(group))),
        ];
    }

    public string? NameOf(Address address)
    {
        foreach (var level in _levels)
        {
            if (level.IsV4 == address.IsV4 && level.Names.TryGetValue(new Prefix(address, level.Length).First, out var name))
                return name;
        }

        return null;
    }

    private static Dictionary<Address, string> Names(IEnumerable<KnownScanner> scanners)
    {
        var names = new Dictionary<Address, string>();
        foreach (var scanner in scanners)
            names[scanner.Prefix.First] = scanner.Name;

        return names;
    }

    private sealed record Level(bool IsV4, int Length, Dictionary<Address, string> Names);
}
