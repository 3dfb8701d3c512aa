using Kizashi.Cli.Center;
using Kizashi.Enrich;
using Kizashi.Warn.KnownScanners;

namespace Kizashi.Cli.Configuration;

/// <summary>Reads the files that the settings name, as the center would, and finds every fault in them at once.</summary>
internal static class FileContents
{
    private const int MostLinesNamed = 10;

    /// <summary>Files that do not exist are no concern of this; <see cref="OptionsValidation"/> names them.</summary>
    public static IReadOnlyList<string> Faults(KizashiOptions options)
    {
        var faults = new List<string>();
        CheckTables("Enrichment:Mmdb", new EnrichOptions { Mmdb = Present(options.Enrichment.Mmdb) }, faults);
        CheckTables("Enrichment:Pfx2as", new EnrichOptions { Pfx2as = Present(options.Enrichment.Pfx2as) }, faults);
        CheckTables("Enrichment:Mrt", new EnrichOptions { Mrt = Present(options.Enrichment.Mrt) }, faults);
        CheckTables("Enrichment:AsNames", new EnrichOptions { AsNames = Present(options.Enrichment.AsNames) }, faults);
        foreach (var file in Present(options.KnownScanners.Files))
            CheckScanners(file, faults);

        foreach (var file in Present(options.Forecasts.Files))
            DeclaredSeries.Read(file, faults);

        if (File.Exists(options.Center.Certificate) && CertificateFile.Fault(options.Center) is { } fault)
            faults.Add(fault);

        return faults;
    }

    private static string[] Present(IEnumerable<string> files) => [.. files.Where(File.Exists)];

    private static void CheckTables(string key, EnrichOptions tables, List<string> faults)
    {
        using var book = AddressBook.Open(tables);
        faults.AddRange(book.Damages.Select(damage => $"{key}: {damage}"));
    }

    private static void CheckScanners(string file, List<string> faults)
    {
        try
        {
            var lines = File.ReadLines(file).Take(KnownScannerFiles.MostEntries + 1).ToList();
            KnownScannerList.Parse(lines, out var wrong);
            faults.AddRange(wrong.Take(MostLinesNamed).Select(line => $"KnownScanners:Files: {file}: {line}"));
            if (wrong.Count > MostLinesNamed)
                faults.Add($"KnownScanners:Files: {file}: and {wrong.Count - MostLinesNamed} more such lines");

            if (lines.Count > KnownScannerFiles.MostEntries)
                faults.Add($"KnownScanners:Files: {file}: has more than {KnownScannerFiles.MostEntries} lines, the rest would be left out");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add($"KnownScanners:Files: {file}: {fault.Message}");
        }
    }
}
