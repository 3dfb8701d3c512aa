using System.Globalization;
using Kizashi.Core.Alerts;

namespace Kizashi.Portal.Language;

/// <summary>Writes numbers, times and names the way one reader expects them.</summary>
internal sealed class Words(Texts texts, TimeZoneInfo zone)
{
    public Texts Texts { get; } = texts;

    public TimeZoneInfo Zone { get; } = zone;

    public string Language => Texts.Language;

    public CultureInfo Culture => Texts.Culture;

    public string this[string key] => Texts[key];

    public string this[string key, params ReadOnlySpan<object?> values] => Texts.Format(key, values);

    /// <summary>The sentence for one or for several; the number is value 0.</summary>
    public string Count(string key, long number, params ReadOnlySpan<object?> more) =>
        Texts.Format(key + (number == 1 ? ".one" : ".other"), [Number(number), .. more]);

    public string Number(long number) => number.ToString("N0", Culture);

    /// <summary>At most three digits that count: 0.42, 7.3, 1,240.</summary>
    public string Number(double number) => Math.Abs(number) switch
    {
        < 10 and > 0 => number.ToString(Math.Abs(number) < 1 ? "0.##" : "0.#", Culture),
        _ => number.ToString("N0", Culture),
    };

    /// <summary>Short form for tight places: 12.4k, 3.1M.</summary>
    public string Short(double number) => Math.Abs(number) switch
    {
        >= 1e9 => (number / 1e9).ToString("0.#", Culture) + "G",
        >= 1e6 => (number / 1e6).ToString("0.#", Culture) + "M",
        >= 1e4 => (number / 1e3).ToString("0.#", Culture) + "k",
        _ => Number(number),
    };

    public string Percent(double share) => share switch
    {
        > 0 and < 0.0001 => "< " + 0.0001.ToString("0.##%", Culture),
        > 0 and < 0.01 => share.ToString("0.##%", Culture),
        _ => share.ToString("0%", Culture),
    };

    public string Bytes(long bytes)
    {
        ReadOnlySpan<string> units = ["B", "kB", "MB", "GB", "TB", "PB"];
        var value = (double)bytes;
        var unit = 0;
        for (; value >= 1_000 && unit < units.Length - 1; unit++)
            value /= 1_000;
        return (unit == 0 ? Number(bytes) : value.ToString("0.#", Culture)) + " " + units[unit];
    }

    public string Duration(TimeSpan length)
    {
        length = length.Duration();
        return length switch
        {
            { TotalSeconds: < 1 } => Texts.Format("duration.ms", Number((long)length.TotalMilliseconds)),
            { TotalMinutes: < 1 } => Texts.Format("duration.s", length.Seconds),
            { TotalHours: < 1, Seconds: 0 } => Texts.Format("duration.min", length.Minutes),
            { TotalHours: < 1 } => Texts.Format("duration.ms2", length.Minutes, length.Seconds),
            { TotalDays: < 1, Minutes: 0 } => Texts.Format("duration.h", length.Hours),
            { TotalDays: < 1 } => Texts.Format("duration.hm", length.Hours, length.Minutes),
            { Hours: 0 } => Texts.Format("duration.d", (int)length.TotalDays),
            _ => Texts.Format("duration.dh", (int)length.TotalDays, length.Hours),
        };
    }

    /// <summary>In the reader's zone, to the second.</summary>
    public string Time(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>In the reader's zone, without the year.</summary>
    public string ShortTime(DateTimeOffset at) => Local(at).ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>In the reader's zone, hours and minutes with the day.</summary>
    public string Minute(DateTimeOffset at) => Local(at).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Utc(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public string Country(string code) => code.Length == 0 ? Texts["unknown"] : Countries.Name(code, Language);

    public string Severity(Severity severity) => Texts["severity." + Key(severity)];

    public string Kind(string kind) => Texts.Has("kind." + kind) ? Texts["kind." + kind] : kind;

    /// <summary>What limits an engine, such as gap; that nothing does, for the empty string.</summary>
    public string Condition(string condition) => condition.Length == 0
        ? Texts["condition.none"]
        : Texts.Has("condition." + condition) ? Texts["condition." + condition] : condition;

    public string Verdict(Verdict verdict) => Texts["verdict." + verdict.ToString().ToLowerInvariant()];

    public static string Tlp(Tlp tlp) =>
        "TLP:" + (tlp == Core.Alerts.Tlp.AmberStrict ? "AMBER+STRICT" : tlp.ToString().ToUpperInvariant());

    public static string Key(Severity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>The sentence of a key that need not be there; null when it is not.</summary>
    public string? Known(string key) => Texts.Has(key) ? Texts[key] : null;

    /// <summary>With its sign, as a difference: +12, -3.4.</summary>
    public string Signed(double number) => (number > 0 ? "+" : "") + Number(number);

    /// <summary>tcp/23 (Telnet).</summary>
    public string Port(string label) =>
        PortNames.Service(label) is { Length: > 0 } service ? Texts.Format("port.named", label, service) : label;

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);
}
