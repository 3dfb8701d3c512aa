using System.Globalization;

namespace Kizashi.Testing;

/// <summary>Series of the M4 competition, with what came after them.</summary>
public static class M4
{
    /// <param name="kind">hourly or weekly.</param>
    public static IReadOnlyList<(double[] History, double[] Actual)> Read(string kind) =>
        [.. Rows($"m4-{kind}-train.csv").Zip(Rows($"m4-{kind}-test.csv"))];

    private static IEnumerable<double[]> Rows(string file) => File.ReadLines(Corpus.File(Path.Combine("forecast", file))).Skip(1)
        .Select(line => line.Split(',').Skip(1).Select(cell => cell.Trim('"')).Where(cell => cell.Length > 0)
            .Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray());
}
