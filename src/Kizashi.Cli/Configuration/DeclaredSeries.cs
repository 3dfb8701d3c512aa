using Kizashi.Core.Forecasts;

namespace Kizashi.Cli.Configuration;

/// <summary>Reads the files of declared series that the settings name.</summary>
internal static class DeclaredSeries
{
    /// <summary>The built-in ones and those of the files.</summary>
    /// <param name="settings">Which files.</param>
    /// <param name="faults">Receives what is wrong; the rest is taken.</param>
    public static IReadOnlyList<SeriesDeclaration> All(ForecastSettings settings, ICollection<string> faults) =>
        settings.Files.Aggregate(SeriesDeclarations.BuiltIn, (all, file) => SeriesDeclarations.Join(all, Read(file, faults)));

    public static IReadOnlyList<SeriesDeclaration> Read(string file, ICollection<string> faults)
    {
        var found = new List<string>();
        try
        {
            using var stream = File.OpenRead(file);
            return SeriesDeclarations.Read(stream, found);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            found.Add(fault.Message);
            return [];
        }
        finally
        {
            foreach (var fault in found)
                faults.Add($"Forecasts:Files: {file}: {fault}");
        }
    }
}
