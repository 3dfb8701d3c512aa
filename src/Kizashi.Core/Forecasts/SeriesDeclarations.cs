using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Kizashi.Core.Forecasts;

/// <summary>Lists of declared series: the built-in one, and those of files.</summary>
public static partial class SeriesDeclarations
{
    private const int MostSeries = 100_000;

    private static readonly string[] Observed = ["sources", "packets"];
    private static readonly string[] Joined = ["active", "joined"];

    private static readonly JsonSerializerOptions Strict = new(KizashiJson.Options)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>What is watched without being asked.</summary>
    public static IReadOnlyList<SeriesDeclaration> BuiltIn { get; } = ReadBuiltIn();

    /// <summary>A list with others after it; one of the same name takes its place.</summary>
    public static IReadOnlyList<SeriesDeclaration> Join(IEnumerable<SeriesDeclaration> first, IEnumerable<SeriesDeclaration> then)
    {
        List<SeriesDeclaration> joined = [.. first];
        foreach (var declaration in then)
        {
            var at = joined.FindIndex(other => other.Name == declaration.Name);
            if (at >= 0)
                joined[at] = declaration;
            else
                joined.Add(declaration);
        }

        return joined;
    }

    /// <summary>Reads a JSON list of declarations.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="faults">Receives what is wrong, each with the number of the declaration.</param>
    /// <returns>Those without fault.</returns>
    public static IReadOnlyList<SeriesDeclaration> Read(Stream text, ICollection<string> faults)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(faults);
        SeriesDeclaration?[]? read;
        try
        {
            read = JsonSerializer.Deserialize<SeriesDeclaration?[]>(text, Strict);
        }
        catch (JsonException fault)
        {
            faults.Add(fault.Message);
            return [];
        }

        var good = new List<SeriesDeclaration>();
        foreach (var (at, declaration) in (read ?? []).Index())
        {
            List<string> wrong = declaration is null ? ["is null"] : [.. Faults(declaration)];
            if (declaration is not null && good.Exists(other => other.Name == declaration.Name))
                wrong.Add("has a name that another has");

            foreach (var fault in wrong)
                faults.Add($"declaration {at + 1}{(declaration is null ? "" : $" ({declaration.Name})")} {fault}");

            if (wrong.Count == 0)
                good.Add(declaration!);
        }

        return good;
    }

    private static IEnumerable<string> Faults(SeriesDeclaration declaration)
    {
        if (!Names().IsMatch(declaration.Name))
            yield return "needs a name of lower case letters, digits and hyphens";

        var isCounted = declaration.Over switch
        {
            SeriesOrigin.Observations => Observed.Contains(declaration.Count) && declaration.By is "" or "port" or "country",
            SeriesOrigin.Campaigns => Joined.Contains(declaration.Count) && declaration.By == "name",
            _ => Paths().IsMatch(declaration.Count) && (declaration.By.Length == 0 || Paths().IsMatch(declaration.By)),
        };
        if (!isCounted)
            yield return $"cannot count {declaration.Count} by '{declaration.By}' over {declaration.Over.ToString().ToLowerInvariant()}";

        if (declaration.Own && declaration.Over != SeriesOrigin.Alerts)
            yield return "can be of the own networks only over alerts";

        if (declaration.Kinds.Count > 0 && declaration.Over is not (SeriesOrigin.Alerts or SeriesOrigin.Findings))
            yield return "can have kinds only over alerts or findings";

        if (!double.IsFinite(declaration.AtLeast) || declaration.AtLeast < 0)
            yield return "needs an atLeast of 0 or more";

        if (declaration.Most is < 1 or > MostSeries)
            yield return $"needs a most of 1 to {MostSeries}";
    }

    private static IReadOnlyList<SeriesDeclaration> ReadBuiltIn()
    {
        using var stream = typeof(SeriesDeclarations).Assembly.GetManifestResourceStream("Kizashi.Core.Forecasts.series.json")!;
        var faults = new List<string>();
        var read = Read(stream, faults);
        return faults.Count == 0 ? read : throw new InvalidOperationException(string.Join(' ', faults));
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$")]
    private static partial Regex Names();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*(?:\\.[A-Za-z][A-Za-z0-9]*){0,7}$")]
    private static partial Regex Paths();
}
