namespace Kizashi.Portal.Charts;

/// <summary>How a chart is drawn.</summary>
internal enum ChartKind
{
    Lines,
    Bars,
    Map,
    Heat,

    /// <summary>Categories are nodes; cells are from, to, weight.</summary>
    Graph,
}
