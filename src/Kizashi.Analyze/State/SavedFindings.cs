using System.Text.Json;
using Kizashi.Core;
using Kizashi.Core.Findings;

namespace Kizashi.Analyze.State;

/// <summary>Writes and reads findings that were made but not yet handed over.</summary>
internal static class SavedFindings
{
    private const int LongestJson = 1 << 16;

    public static void Save<TFinding>(IReadOnlyCollection<TFinding> findings, StateWriter writer)
        where TFinding : Finding
    {
        writer.Write(findings.Count);
        foreach (var finding in findings)
            SaveOne(finding, writer);
    }

    public static void SaveOne<TFinding>(TFinding finding, StateWriter writer)
        where TFinding : Finding =>
        writer.WriteSpan<byte>(JsonSerializer.SerializeToUtf8Bytes(finding, KizashiJson.Options));

    public static IReadOnlyList<TFinding> Load<TFinding>(StateReader reader)
        where TFinding : Finding
    {
        var count = reader.ReadCount(int.MaxValue);
        var findings = new List<TFinding>();
        for (var number = 0; number < count; number++)
            findings.Add(LoadOne<TFinding>(reader));

        return findings;
    }

    public static TFinding LoadOne<TFinding>(StateReader reader)
        where TFinding : Finding
    {
        try
        {
            return JsonSerializer.Deserialize<TFinding>(reader.ReadSpan<byte>(LongestJson), KizashiJson.Options)!;
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException("a saved finding cannot be read", damaged);
        }
    }
}
