using System.Text.RegularExpressions;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Portal.Language;
using Kizashi.Testing;

namespace Kizashi.Portal.Tests.Language;

public sealed partial class TextsTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src", "Kizashi.Portal");

    [Fact]
    public void Both_languages_have_the_same_keys_and_none_is_empty()
    {
        var (english, japanese) = (Texts.Of("en"), Texts.Of("ja"));
        Assert.Equal(english.Keys.Order(), japanese.Keys.Order());
        Assert.All(english.Keys, key =>
        {
            Assert.NotEmpty(english[key].Trim());
            Assert.NotEmpty(japanese[key].Trim());
        });
    }

    [Fact]
    public void A_translation_uses_no_placeholder_that_the_other_lacks()
    {
        foreach (var key in Texts.Of("en").Keys)
        {
            var allowed = Placeholders(Texts.Of("en")[key]);
            Assert.Subset(allowed, Placeholders(Texts.Of("ja")[key]));
        }
    }

    [Fact]
    public void Japanese_is_Japanese_but_for_what_has_no_words()
    {
        string[] bare = ["duration.ms", "language.other", "language.other.code", "basis.d1.line", "port.named", "ports.title.rise"];
        var foreign = Texts.Of("ja").Keys
            .Where(key => !bare.Contains(key) && Letters().IsMatch(Texts.Of("en")[key]) && !Kana().IsMatch(Texts.Of("ja")[key]));
        Assert.Empty(foreign);
    }

    [Fact]
    public void Every_text_a_page_names_exists()
    {
        var known = Texts.Of("en").Keys.ToHashSet();
        var missing = new List<string>();
        foreach (var (file, text) in Sources())
        {
            foreach (Match use in Uses().Matches(text))
            {
                var (call, key) = (use.Groups[1].Value, use.Groups[2].Value);
                var found = call == "Count" ? known.Contains(key + ".one") && known.Contains(key + ".other") : known.Contains(key);
                if (!found && !(key.EndsWith('.') && known.Any(k => k.StartsWith(key, StringComparison.Ordinal))))
                    missing.Add($"{Path.GetFileName(file)}: {key}");
            }
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void No_text_is_left_over()
    {
        var all = string.Concat(Sources().Select(source => source.Text));
        string[] made = ["severity.", "kind.", "verdict.", "health.", "keys.", "loss.", "range.", "rule.", "sensor.kind.", "setup.fault.", "signin.fault.", "chart.", "condition.", "hint.", "series.", "fallback.", "outcome.", "sentence.surge.", "forecast.ahead.", "growth.from.", "growth.model."];
        var unused = Texts.Of("en").Keys.Where(key =>
            !made.Any(start => key.StartsWith(start, StringComparison.Ordinal))
            && !all.Contains('"' + key.Replace(".one", "", StringComparison.Ordinal).Replace(".other", "", StringComparison.Ordinal) + '"', StringComparison.Ordinal)
            && !all.Contains('"' + key + '"', StringComparison.Ordinal));
        Assert.Empty(unused);
    }

    [Fact]
    public void Every_kind_severity_and_verdict_has_a_name()
    {
        var texts = Texts.Of("ja");
        Assert.All(EventCatalog.AlertKinds, kind => Assert.True(texts.Has("kind." + kind) && texts.Has("rule." + kind), kind));
        string[] conditions = ["none", "short-history", "gap", "loss", "late", "clock-step", "repeated", "sampled", "not-converged"];
        Assert.All(conditions, condition => Assert.True(texts.Has("condition." + condition), condition));
        Assert.All(Enum.GetValues<Severity>(), severity => Assert.True(texts.Has("severity." + Words.Key(severity))));
        Assert.All(Enum.GetValues<Verdict>(), verdict => Assert.NotEmpty(new Words(texts, TimeZoneInfo.Utc).Verdict(verdict)));
    }

    [Fact]
    public void The_terms_of_the_field_are_used()
    {
        var all = string.Concat(Texts.Of("ja").Keys.Select(key => Texts.Of("ja")[key]));
        Assert.All(new[] { "ダークネット", "観測点", "感染ホスト", "送信元を詐称" }, term => Assert.Contains(term, all, StringComparison.Ordinal));
    }

    private static HashSet<string> Placeholders(string text) =>
        [.. Placeholder().Matches(text).Select(match => match.Value)];

    private static IEnumerable<(string File, string Text)> Sources() => Directory
        .EnumerateFiles(Source, "*.*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
        .Select(file => (file, File.ReadAllText(file)));

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[A-Za-z]{3}")]
    private static partial Regex Letters();

    [GeneratedRegex(@"[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}]")]
    private static partial Regex Kana();

    [GeneratedRegex(@"\b(?:W|words|texts|Texts)(?:\.(Count|Format))?[\[(](?:[^\]""\n]*\? ?)?""([a-z][A-Za-z0-9.-]+)""")]
    private static partial Regex Uses();
}
