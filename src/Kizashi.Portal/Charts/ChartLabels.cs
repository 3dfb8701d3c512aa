using System.Text.Json;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Charts;

/// <summary>Words on and around a chart, as the browser's script takes them.</summary>
internal static class ChartLabels
{
    private static readonly string[] Names = ["table", "save", "download", "gap", "packets", "sources", "none", "weight"];

    private static readonly Dictionary<string, string> Written = Texts.Codes.ToDictionary(
        code => code,
        code => JsonSerializer.Serialize(Names.ToDictionary(name => name, name => Texts.Of(code)["chart." + name])));

    public static string Of(Texts texts) => Written[texts.Language];
}
