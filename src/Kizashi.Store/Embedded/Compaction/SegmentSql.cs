using System.Globalization;
using Kizashi.Store.Embedded.Segments;

namespace Kizashi.Store.Embedded.Compaction;

/// <summary>The SQL over segment files of each kind.</summary>
internal static class SegmentSql
{
    private const string TupleRest =
        "source_port, destination_port, protocol, ttl, tcp_flags, length, syn_length, syn_window, marks";

    private const string TupleSums =
        "least(sum(packets), 4294967295)::UINTEGER AS packets, min(first_ms) AS first_ms, max(last_ms) AS last_ms";

    /// <summary>Time of a row in seconds since 1970 UTC.</summary>
    public static string Slot(SegmentKind kind) => kind == SegmentKind.Sample ? "(time_us // 1000000)" : "slot";

    /// <summary>
    /// Rows in the order of compacted segments; additive rows of one key and slot become one when asked.
    /// </summary>
    /// <remarks>Backscatter is not merged: its sketches are no sums.</remarks>
    public static string Sorted(SegmentKind kind, string from, string where, bool merge) => kind switch
    {
        SegmentKind.V4 when merge =>
            $"SELECT slot, source, destination, {TupleRest}, {TupleSums} FROM {from} WHERE {where} GROUP BY ALL ORDER BY source, slot, destination, destination_port",
        SegmentKind.V6 when merge =>
            $"SELECT slot, source_high, source_low, destination_high, destination_low, {TupleRest}, {TupleSums} FROM {from} WHERE {where} GROUP BY ALL ORDER BY source_high, source_low, slot, destination_low",
        _ => $"SELECT * FROM {from} WHERE {where} ORDER BY {Order(kind)}",
    };

    /// <summary>Rows, packets, and the bounds of time and source, the latter as two halves.</summary>
    public static string Extent(SegmentKind kind, string from)
    {
        var packets = kind == SegmentKind.Sample ? "0" : "coalesce(sum(packets), 0)";
        var bounds = kind switch
        {
            SegmentKind.V4 =>
                "281470681743360::UBIGINT + min(source), 0::UBIGINT, 281470681743360::UBIGINT + max(source), 0::UBIGINT",
            SegmentKind.V6 => Bounds("source"),
            SegmentKind.Backscatter => Bounds("victim"),
            _ => Bounds("subject"),
        };
        return $"SELECT count(*), ({packets})::BIGINT, min({Slot(kind)})::BIGINT, max({Slot(kind)})::BIGINT, {bounds} FROM {from}";
    }

    /// <summary>Row condition: from a second inclusive to another exclusive.</summary>
    public static string Between(SegmentKind kind, long from, long to)
    {
        var unit = kind == SegmentKind.Sample ? 1_000_000 : 1;
        var column = kind == SegmentKind.Sample ? "time_us" : "slot";
        return string.Create(CultureInfo.InvariantCulture, $"{column} >= {from * unit} AND {column} < {to * unit}");
    }

    private static string Order(SegmentKind kind) => kind switch
    {
        SegmentKind.V4 => "source, slot, destination, destination_port",
        SegmentKind.V6 => "source_high, source_low, slot, destination_low",
        SegmentKind.Backscatter => "victim_high, victim_low, slot",
        _ => "subject_high, subject_low, time_us",
    };

    private static string Bounds(string column) =>
        $"min({column}_high), arg_min({column}_low, ({column}_high, {column}_low)), max({column}_high), arg_max({column}_low, ({column}_high, {column}_low))";
}
