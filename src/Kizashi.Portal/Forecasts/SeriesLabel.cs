using Kizashi.Core.Forecasts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Forecasts;

/// <summary>What a series is called on pages.</summary>
internal static class SeriesLabel
{
    public static string Of(SeriesOutlook series, Words words)
    {
        var kind = OfKind(series.Declaration, words);
        if (series.Key.Length == 0)
            return kind;

        return words["forecast.label", kind, series.Declaration.By switch
        {
            "port" or "details.ports" => words.Port(series.Key),
            "country" or "facts.country" => words.Country(series.Key),
            "kind" => words.Kind(series.Key),
            _ => series.Key,
        }];
    }

    /// <summary>A declaration that pages have no words for is called by its name.</summary>
    public static string OfKind(SeriesDeclaration declaration, Words words) => words.Known("series." + declaration.Name) ?? declaration.Name;
}
