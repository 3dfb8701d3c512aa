using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kizashi.Portal.Charts;

/// <summary>A chart as data: the browser draws it, shows it as a table and saves it, all from this.</summary>
internal sealed record ChartSpec
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required ChartKind Kind { get; init; }

    /// <summary>Says the finding, not the subject.</summary>
    public required string Title { get; init; }

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    /// <summary>Name of downloads, without extension.</summary>
    public required string File { get; init; }

    /// <summary>
    /// Labels along x (along y for horizontal bars and heat maps see <see cref="Rows"/>); null for a time axis.
    /// </summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Rows of a heat map.</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>Milliseconds since 1970 of the first step of a time axis.</summary>
    public long? Start { get; init; }

    /// <summary>Milliseconds between steps.</summary>
    public long? Step { get; init; }

    /// <summary>Milliseconds since 1970 of the end of a time axis.</summary>
    public long? End { get; init; }

    public IReadOnlyList<ChartSeries> Series { get; init; } = [];

    /// <summary>Areas behind the lines of a time axis, narrowest first.</summary>
    public IReadOnlyList<ChartBand>? Bands { get; init; }

    /// <summary>Heat map: column, row, value. Map: see <see cref="Places"/>.</summary>
    public IReadOnlyList<double[]>? Cells { get; init; }

    /// <summary>Values of countries for a map.</summary>
    public IReadOnlyList<ChartPlace>? Places { get; init; }

    /// <summary>Where a click on a category or country leads; {0} stands for it.</summary>
    public string? Link { get; init; }

    /// <summary>For each category, where a click leads.</summary>
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>Words beside each bar of the first series.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>Stated gaps, shaded.</summary>
    public IReadOnlyList<ChartGap>? Gaps { get; init; }

    /// <summary>Stands in each download when the data are simulated.</summary>
    public string? Mark { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
