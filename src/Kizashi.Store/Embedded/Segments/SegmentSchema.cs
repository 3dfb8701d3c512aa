using ParquetSharp;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>
/// The Parquet columns of backscatter and samples; docs/designs/storage.md describes all for other tools.
/// </summary>
internal static class SegmentSchema
{
    // Dictionaries pay only where values repeat.
    private static readonly string[] HighCardinality =
    [
        "source_low", "destination_low", "first_ms", "last_ms", "victim_low", "dark_high", "dark_low",
        "ports_high", "ports_low", "time_us", "subject_low", "bytes", "packet",
    ];

    public static Column[] Columns(SegmentKind kind) => kind switch
    {
        SegmentKind.Backscatter =>
        [
            new Column<uint>("slot"), new Column<ulong>("victim_high"), new Column<ulong>("victim_low"),
            new Column<byte>("protocol"), new Column<byte>("reasons"), new Column<ushort>("victim_port"),
            new Column<uint>("packets"), new Column<ulong>("bytes"), new Column<uint>("mismatches"),
            new Column<ulong>("dark_high"), new Column<ulong>("dark_low"),
            new Column<ulong>("ports_high"), new Column<ulong>("ports_low"),
            new Column<ushort>("first_ms"), new Column<ushort>("last_ms"),
        ],
        SegmentKind.Sample =>
        [
            new Column<long>("time_us"), new Column<ulong>("subject_high"), new Column<ulong>("subject_low"),
            new Column<ulong>("source_high"), new Column<ulong>("source_low"),
            new Column<ulong>("destination_high"), new Column<ulong>("destination_low"),
            new Column<byte>("protocol"), new Column<ushort>("port"), new Column<uint>("wire_length"),
            new Column<byte[]>("packet"),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static WriterProperties Properties(SegmentKind kind)
    {
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(Compression.Lz4).CreatedBy("Kizashi").EnableDictionary();
        foreach (var column in Columns(kind).Where(column => HighCardinality.Contains(column.Name)))
            builder.DisableDictionary(column.Name);

        return builder.Build();
    }
}
