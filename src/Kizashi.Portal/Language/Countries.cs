using System.Text.Json;

namespace Kizashi.Portal.Language;

/// <summary>Names of countries (Unicode CLDR).</summary>
internal static class Countries
{
    private static readonly Dictionary<string, string[]> Names = Load();

    /// <summary>The code itself when it is not known.</summary>
    public static string Name(string code, string language) =>
        Names.TryGetValue(code, out var names) ? names[language == "ja" ? 1 : 0] : code;

    private static Dictionary<string, string[]> Load()
    {
        using var stream = typeof(Countries).Assembly.GetManifestResourceStream("language/countries.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(stream)!;
    }
}
