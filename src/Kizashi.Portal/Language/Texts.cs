using System.Globalization;
using System.Text.Json;

namespace Kizashi.Portal.Language;

/// <summary>The sentences of the pages in one language.</summary>
internal sealed class Texts
{
    private static readonly Dictionary<string, Texts> Loaded =
        Codes.ToDictionary(code => code, Load, StringComparer.Ordinal);

    private readonly Dictionary<string, string> _sentences;

    private Texts(string language, Dictionary<string, string> sentences)
    {
        Language = language;
        _sentences = sentences;
        Culture = CultureInfo.GetCultureInfo(language == "ja" ? "ja-JP" : "en-US");
    }

    /// <summary>Languages the pages speak; the first is taken when nothing else is asked for.</summary>
    public static IReadOnlyList<string> Codes => ["en", "ja"];

    public string Language { get; }

    public CultureInfo Culture { get; }

    public IEnumerable<string> Keys => _sentences.Keys;

    /// <exception cref="KeyNotFoundException">A page asks for what no resource file has; a test finds it
    /// first.</exception>
    public string this[string key] =>
        _sentences.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"no text '{key}'");

    public static Texts Of(string? language) => Loaded.GetValueOrDefault(language ?? "", Loaded[Codes[0]]);

    public bool Has(string key) => _sentences.ContainsKey(key);

    public string Format(string key, params ReadOnlySpan<object?> values) => string.Format(Culture, this[key], values);

    private static Texts Load(string language)
    {
        using var stream = typeof(Texts).Assembly.GetManifestResourceStream($"language/{language}.json")!;
        return new Texts(language, JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!);
    }
}
